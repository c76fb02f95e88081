/**
 * Whether a station's limits (`jsonb`) let it make a point (`json`): what `lacksForPoint` of the domain says, where the
 * rows are. A property test holds the two together.
 */
export const canMake = (limits: string, point: string): string => `(
  (${limits} -> 'components' IS NULL OR NOT EXISTS (
    SELECT
    FROM json_each(${point}) AS part,
      json_each_text(CASE json_typeof(part.value) WHEN 'object' THEN part.value ELSE '{}' END) AS share
    WHERE share.value::double precision > 0 AND NOT ${limits} -> 'components' ? share.key
  ))
  AND (${limits} -> 'parameters' IS NULL OR NOT EXISTS (
    SELECT
    FROM jsonb_each(${limits} -> 'parameters') AS allowed
    WHERE CASE json_typeof(${point} -> allowed.key)
      WHEN 'number' THEN CASE WHEN jsonb_typeof(allowed.value -> 0) = 'string' THEN true ELSE coalesce(
        (${point} ->> allowed.key)::double precision < (allowed.value ->> 0)::double precision
        OR (${point} ->> allowed.key)::double precision > (allowed.value ->> 1)::double precision, false) END
      WHEN 'string' THEN jsonb_typeof(allowed.value -> 0) IS DISTINCT FROM 'string'
        OR NOT allowed.value ? (${point} ->> allowed.key)
      WHEN 'object' THEN true
      ELSE false
    END
  ))
)`;

/**
 * Whether it can do anything of a campaign with these objectives and further properties with limits (`json`): what
 * `lacksForCampaign` says. It has to measure all of them.
 */
export const canMeasure = (
  properties: string,
  limits: string,
  campaign: { readonly objectives: string; readonly limits: string },
): string => `NOT EXISTS (
  SELECT
  FROM (
    SELECT json_array_elements(${campaign.objectives}) AS what
    UNION ALL SELECT json_array_elements(coalesce(${campaign.limits}, '[]'))
  ) AS asked
  WHERE NOT asked.what ->> 'property' = ANY (${properties})
    OR coalesce((asked.what ->> 'temperatureC')::double precision
      < (${limits} -> 'temperatureC' ->> 0)::double precision, false)
    OR coalesce((asked.what ->> 'temperatureC')::double precision
      > (${limits} -> 'temperatureC' ->> 1)::double precision, false)
)`;
