import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
  ADD COLUMN waiting_kind text,
  ADD COLUMN waiting_since timestamptz(3),
  ADD COLUMN waiting_deadline timestamptz(3),
  ADD COLUMN waiting_owner text,
  ADD COLUMN waiting_escalations integer,
  ADD COLUMN waiting_note text`;

/** What a row that is not at its end waits for, and two views: what people are asked, and what would be forgotten. */
export class Waiting0000000000008 implements MigrationInterface {
  readonly name = 'Waiting0000000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaign ADD COLUMN owner text, ${columns};
      ALTER TABLE experiment ${columns};
      ALTER TABLE attempt ${columns};
    `);
    await runner.query(fromTheLog);
    await runner.query(`
      CREATE INDEX campaign_waiting ON campaign (waiting_deadline) WHERE waiting_kind IS NOT NULL;
      CREATE INDEX experiment_waiting ON experiment (campaign_id, waiting_deadline) WHERE waiting_kind IS NOT NULL;
      CREATE INDEX attempt_waiting ON attempt (campaign_id, waiting_deadline) WHERE waiting_kind IS NOT NULL;
      CREATE INDEX experiment_asked ON experiment (waiting_deadline) WHERE waiting_owner IS NOT NULL;
      CREATE INDEX attempt_asked ON attempt (waiting_deadline) WHERE waiting_owner IS NOT NULL;
    `);
    await runner.query(taskView);
    await runner.query(forgottenView);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = ['kind', 'since', 'deadline', 'owner', 'escalations', 'note'];
    const drops = names.map((name) => `DROP COLUMN waiting_${name}`).join(', ');
    await runner.query(`
      DROP VIEW forgotten;
      DROP VIEW task;
      ALTER TABLE campaign DROP COLUMN owner, ${drops};
      ALTER TABLE experiment ${drops};
      ALTER TABLE attempt ${drops};
    `);
  }
}

/** What replaying the logs of campaigns from before gives: since their last change, with the deadlines of old. */
const fromTheLog = `
  UPDATE campaign SET owner = first.actor_name
  FROM event AS first
  WHERE first.campaign_id = campaign.id AND first.seq = 1 AND first.actor_kind = 'person';

  UPDATE campaign SET
    waiting_kind = asked.kind, waiting_since = asked.since, waiting_deadline = asked.since + interval '1 day',
    waiting_owner = 'role:planner', waiting_escalations = 0
  FROM (
    SELECT id,
      CASE
        WHEN state = 'draft' THEN 'start_campaign'
        WHEN state = 'paused' THEN 'resume_campaign'
        WHEN NOT dispatch THEN 'dispatch_off'
        ELSE 'proposing_off'
      END AS kind,
      (
        -- Since the first of the events after which nothing else was asked.
        SELECT min(later.at) FROM event AS later
        WHERE later.campaign_id = campaign.id
          AND later.event ->> 'type' IN ('campaign.created', 'campaign.moved', 'campaign.switched')
          AND later.seq >= (
            SELECT max(moved.seq) FROM event AS moved
            WHERE moved.campaign_id = campaign.id AND moved.event ->> 'type' IN ('campaign.created', 'campaign.moved')
          )
          AND (campaign.state IN ('draft', 'paused') OR later.seq > coalesce((
            SELECT max(other.seq) FROM event AS other
            WHERE other.campaign_id = campaign.id AND other.event ->> 'type' = 'campaign.switched'
              AND CASE WHEN NOT campaign.dispatch
                THEN (other.event ->> 'dispatch')::boolean
                ELSE (other.event ->> 'proposing')::boolean OR NOT (other.event ->> 'dispatch')::boolean
              END
          ), 0))
      ) AS since
    FROM campaign
    WHERE state IN ('draft', 'paused') OR (state = 'active' AND NOT (dispatch AND proposing))
  ) AS asked
  WHERE asked.id = campaign.id;

  UPDATE experiment SET
    waiting_kind = CASE state WHEN 'proposed' THEN 'review_proposal' WHEN 'queued' THEN 'claim' ELSE state END,
    waiting_since = asked.since, waiting_deadline = asked.since + interval '1 day',
    waiting_owner = CASE state WHEN 'queued' THEN NULL ELSE 'role:approver' END, waiting_escalations = 0
  FROM (
    SELECT experiment.id, coalesce(max(event.at), max(experiment.created_at)) AS since
    FROM experiment
    LEFT JOIN event ON event.campaign_id = experiment.campaign_id
      AND event.event ->> 'type' = 'experiment.moved' AND event.event ->> 'experimentId' = experiment.id
    WHERE experiment.state IN ('proposed', 'queued', 'quarantined')
    GROUP BY experiment.id
  ) AS asked
  WHERE asked.id = experiment.id;

  UPDATE attempt SET
    waiting_kind = CASE state WHEN 'suspect' THEN 'suspect_attempt' WHEN 'flagged' THEN 'flagged_result' ELSE 'late_result' END,
    waiting_since = asked.since, waiting_deadline = asked.since + interval '1 day',
    waiting_owner = 'role:approver', waiting_escalations = 0
  FROM (
    SELECT attempt.id, max(event.at) AS since
    FROM attempt
    JOIN event ON event.campaign_id = attempt.campaign_id
      AND event.event ->> 'type' IN ('attempt.suspected', 'attempt.flagged', 'attempt.late')
      AND event.event ->> 'attemptId' = attempt.id
    WHERE attempt.state IN ('suspect', 'flagged', 'late')
    GROUP BY attempt.id
  ) AS asked
  WHERE asked.id = attempt.id;`;

const taskView = `
  CREATE VIEW task AS
  SELECT 'campaign:' || id AS id, 'campaign' AS subject_kind, id AS subject_id, id AS campaign_id,
    NULL::text AS experiment_id, waiting_kind AS kind, waiting_since AS since, waiting_deadline AS deadline,
    waiting_owner AS owner, waiting_escalations AS escalations, waiting_note AS note
  FROM campaign WHERE waiting_owner IS NOT NULL
  UNION ALL
  SELECT 'experiment:' || id, 'experiment', id, campaign_id, id, waiting_kind, waiting_since, waiting_deadline,
    waiting_owner, waiting_escalations, waiting_note
  FROM experiment WHERE waiting_owner IS NOT NULL
  UNION ALL
  SELECT 'attempt:' || id, 'attempt', id, campaign_id, experiment_id, waiting_kind, waiting_since, waiting_deadline,
    waiting_owner, waiting_escalations, waiting_note
  FROM attempt WHERE waiting_owner IS NOT NULL`;

/** I5: it must be empty. */
const forgottenView = `
  CREATE VIEW forgotten AS
  SELECT id AS campaign_id, 'campaign' AS kind, id, state || ', and nobody is asked' AS why
  FROM campaign
  WHERE (state IN ('draft', 'paused') OR (state = 'active' AND NOT (dispatch AND proposing)))
    AND (waiting_owner IS NULL OR waiting_deadline IS NULL)
  UNION ALL
  SELECT experiment.campaign_id, 'experiment', experiment.id, CASE
    WHEN experiment.state = 'approved' THEN 'approved and not queued'
    WHEN experiment.state IN ('claimed', 'running', 'measured') THEN experiment.state || ', and nobody has it'
    WHEN experiment.waiting_kind IS NULL OR experiment.waiting_deadline IS NULL
      THEN experiment.state || ', without a deadline or a person'
    WHEN experiment.state IN ('proposed', 'queued', 'quarantined')
      THEN experiment.state || ' in a campaign that is over'
    ELSE experiment.state || ', and somebody is asked about it'
    END
  FROM experiment
  JOIN campaign ON campaign.id = experiment.campaign_id
  WHERE CASE
    WHEN experiment.state IN ('proposed', 'queued', 'quarantined') THEN
      experiment.waiting_kind IS NULL OR experiment.waiting_deadline IS NULL
      OR (experiment.waiting_owner IS NULL AND experiment.waiting_kind <> 'claim')
      OR (experiment.state <> 'quarantined' AND campaign.state IN ('completed', 'archived'))
    WHEN experiment.state = 'approved' THEN true
    WHEN experiment.state IN ('claimed', 'running', 'measured') THEN NOT EXISTS (
      SELECT FROM attempt
      LEFT JOIN lease ON lease.attempt_id = attempt.id
      WHERE attempt.experiment_id = experiment.id
        AND CASE WHEN attempt.state IN ('leased', 'started') THEN lease.deadline IS NOT NULL
          ELSE attempt.waiting_owner IS NOT NULL END
    )
    ELSE experiment.waiting_kind IS NOT NULL
  END
  UNION ALL
  SELECT attempt.campaign_id, 'attempt', attempt.id, CASE
    WHEN attempt.state IN ('leased', 'started') THEN attempt.state || ', without a deadline'
    WHEN attempt.state = 'submitted' THEN 'submitted, and not judged'
    WHEN attempt.state IN ('suspect', 'flagged', 'late') THEN attempt.state || ', without a person'
    ELSE attempt.state || ', and somebody is asked about it'
    END
  FROM attempt
  LEFT JOIN lease ON lease.attempt_id = attempt.id
  WHERE CASE
    WHEN attempt.state IN ('leased', 'started') THEN lease.deadline IS NULL
    WHEN attempt.state = 'submitted' THEN true
    WHEN attempt.state IN ('suspect', 'flagged', 'late') THEN
      attempt.waiting_owner IS NULL OR attempt.waiting_deadline IS NULL
    ELSE attempt.waiting_kind IS NOT NULL
  END
  UNION ALL
  SELECT lease.campaign_id, 'lease', lease.attempt_id, 'a lease on an attempt that is ' || attempt.state
  FROM lease
  JOIN attempt ON attempt.id = lease.attempt_id
  WHERE attempt.state NOT IN ('leased', 'started')
  UNION ALL
  SELECT measurement.campaign_id, 'measurement', measurement.id, measurement.status || ', and its attempt is at an end'
  FROM measurement
  LEFT JOIN attempt ON attempt.id = measurement.attempt_id
  WHERE measurement.status IN ('submitted', 'flagged', 'late')
    AND coalesce(attempt.state NOT IN ('flagged', 'late'), true)`;
