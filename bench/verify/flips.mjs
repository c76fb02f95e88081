/** What is changed by one byte, in which events, and where in the text of the column. */
export const flips = [
  { what: 'a measured value', column: 'event', type: 'attempt.submitted', pattern: /"value":\s*[\d.]+/ },
  { what: 'a point', column: 'event', type: 'plan.committed', pattern: /"temperature":\s*\d+/ },
  { what: 'who it was', column: 'actor_name', type: 'attempt.submitted', pattern: /\w/ },
  { what: 'a hash', column: 'hash', type: 'attempt.started', pattern: /[0-9a-e]/ },
];

/** Flips it in the first such event of the campaign's second half, behind the triggers that keep the log; gives its way back. */
export async function flip(client, campaignId, events, { column, type, pattern }) {
  const { rows } = await client.query(
    `SELECT seq, ${column}::text AS text FROM event
     WHERE campaign_id = $1 AND seq >= $2 AND event ->> 'type' = $3 ORDER BY seq LIMIT 1`,
    [campaignId, Math.floor(events / 2), type],
  );
  const [{ seq, text }] = rows;
  const match = pattern.exec(text);
  const at = match.index + match[0].length - 1;
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ 1);
  const write = async (value) => {
    await client.query('ALTER TABLE event DISABLE TRIGGER USER');
    await client.query(
      `UPDATE event SET ${column} = $3::${column === 'event' ? 'json' : 'text'} WHERE campaign_id = $1 AND seq = $2`,
      [campaignId, seq, value],
    );
    await client.query('ALTER TABLE event ENABLE TRIGGER USER');
  };
  await write(text.slice(0, at) + flipped + text.slice(at + 1));
  return { seq, undo: () => write(text) };
}
