import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What replaying a campaign's log gives, and the log. */
export class Record0000000000001 implements MigrationInterface {
  readonly name = 'Record0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE campaign (
        id text NOT NULL,
        name text NOT NULL,
        description text NOT NULL,
        space json NOT NULL,
        objectives json NOT NULL,
        strategy json NOT NULL,
        budget integer NOT NULL,
        parallel integer NOT NULL,
        approval text NOT NULL,
        seed text NOT NULL,
        lab json NOT NULL,
        state text NOT NULL,
        proposing boolean NOT NULL,
        dispatch boolean NOT NULL,
        data_revision integer NOT NULL,
        plans integer NOT NULL,
        experiments integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        head_seq integer NOT NULL,
        head_hash text NOT NULL,
        CONSTRAINT campaign_pkey PRIMARY KEY (id)
      );
      CREATE INDEX campaign_by_state ON campaign (state, created_at);

      CREATE TABLE plan (
        id text NOT NULL,
        campaign_id text NOT NULL,
        number integer NOT NULL,
        based_on_seq integer NOT NULL,
        data_revision integer NOT NULL,
        strategy json NOT NULL,
        seed text NOT NULL,
        request_hash text NOT NULL,
        answer_hash text NOT NULL,
        planner_version text NOT NULL,
        model_id text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT plan_pkey PRIMARY KEY (id),
        CONSTRAINT plan_number_key UNIQUE (campaign_id, number),
        CONSTRAINT plan_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );

      CREATE TABLE model (
        id text NOT NULL,
        campaign_id text NOT NULL,
        plan_id text NOT NULL,
        kind text NOT NULL,
        data_revision integer NOT NULL,
        training_hash text NOT NULL,
        training_size integer NOT NULL,
        body_hash text NOT NULL,
        diagnostics json,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT model_pkey PRIMARY KEY (id),
        CONSTRAINT model_plan_key UNIQUE (plan_id),
        CONSTRAINT model_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT model_plan_fkey FOREIGN KEY (plan_id) REFERENCES plan (id)
      );
      CREATE INDEX model_by_campaign ON model (campaign_id);

      CREATE TABLE model_body (
        model_id text NOT NULL,
        body json,
        CONSTRAINT model_body_pkey PRIMARY KEY (model_id),
        CONSTRAINT model_body_model_fkey FOREIGN KEY (model_id) REFERENCES model (id)
      );

      CREATE TABLE experiment (
        id text NOT NULL,
        campaign_id text NOT NULL,
        number integer NOT NULL,
        state text NOT NULL,
        point json NOT NULL,
        spec_hash text NOT NULL,
        origin text NOT NULL,
        plan_id text,
        predicted_mean double precision,
        predicted_sd double precision,
        acquisition_name text,
        acquisition_value double precision,
        reason text NOT NULL,
        approved_by text,
        approved_at timestamptz(3),
        approved_spec_hash text,
        fence integer NOT NULL,
        note text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT experiment_pkey PRIMARY KEY (id),
        CONSTRAINT experiment_number_key UNIQUE (campaign_id, number),
        CONSTRAINT experiment_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT experiment_plan_fkey FOREIGN KEY (plan_id) REFERENCES plan (id)
      );
      CREATE INDEX experiment_by_state ON experiment (campaign_id, state, number);

      CREATE TABLE attempt (
        id text NOT NULL,
        campaign_id text NOT NULL,
        experiment_id text NOT NULL,
        station_id text NOT NULL,
        boot_id text NOT NULL,
        fence integer NOT NULL,
        spec_hash text NOT NULL,
        state text NOT NULL,
        cancel_requested boolean NOT NULL,
        device_run_id text,
        outcome text,
        note text,
        leased_at timestamptz(3) NOT NULL,
        started_at timestamptz(3),
        ended_at timestamptz(3),
        CONSTRAINT attempt_pkey PRIMARY KEY (id),
        CONSTRAINT attempt_fence_key UNIQUE (experiment_id, fence),
        CONSTRAINT attempt_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT attempt_experiment_fkey FOREIGN KEY (experiment_id) REFERENCES experiment (id)
      );
      CREATE UNIQUE INDEX attempt_one_started ON attempt (experiment_id) WHERE state = 'started';
      CREATE INDEX attempt_live_by_station ON attempt (station_id)
        WHERE state IN ('leased', 'started', 'suspect');

      CREATE TABLE measurement (
        id text NOT NULL,
        campaign_id text NOT NULL,
        experiment_id text NOT NULL,
        attempt_id text,
        property text NOT NULL,
        value double precision NOT NULL,
        unit text NOT NULL,
        uncertainty double precision,
        conditions json NOT NULL,
        raw json NOT NULL,
        flags text[] NOT NULL,
        status text NOT NULL,
        note text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT measurement_pkey PRIMARY KEY (id),
        CONSTRAINT measurement_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT measurement_experiment_fkey FOREIGN KEY (experiment_id) REFERENCES experiment (id),
        CONSTRAINT measurement_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt (id)
      );
      CREATE INDEX measurement_by_status ON measurement (campaign_id, status);
      CREATE INDEX measurement_by_experiment ON measurement (experiment_id);
      CREATE INDEX measurement_by_attempt ON measurement (attempt_id);

      CREATE TABLE event (
        campaign_id text NOT NULL,
        seq integer NOT NULL,
        at timestamptz(3) NOT NULL,
        actor_kind text NOT NULL,
        actor_name text NOT NULL,
        event json NOT NULL,
        prev_hash text NOT NULL,
        hash text NOT NULL,
        CONSTRAINT event_pkey PRIMARY KEY (campaign_id, seq),
        CONSTRAINT event_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE event, measurement, attempt, experiment, model_body, model, plan, campaign',
    );
  }
}
