-- What the migrations in src/migrations make. Written by dist/write-schema.js; do not edit.

CREATE TABLE access_change (
  id text NOT NULL,
  workspace text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  actor json NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail json NOT NULL,
  CONSTRAINT access_change_pkey PRIMARY KEY (id)
);

CREATE TABLE analysis (
  id text NOT NULL,
  campaign_id text NOT NULL,
  kind text NOT NULL,
  request json NOT NULL,
  key text NOT NULL,
  status text NOT NULL,
  done integer NOT NULL,
  total integer,
  result json,
  error text,
  data_revision integer NOT NULL,
  created_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  started_at timestamp(3) with time zone,
  touched_at timestamp(3) with time zone NOT NULL,
  ended_at timestamp(3) with time zone,
  CONSTRAINT analysis_pkey PRIMARY KEY (id),
  CONSTRAINT analysis_key_key UNIQUE (campaign_id, key)
);

CREATE TABLE artifact (
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  media_type text NOT NULL,
  uploaded_at timestamp(3) with time zone NOT NULL,
  station text NOT NULL,
  token_id text NOT NULL,
  workspace text NOT NULL DEFAULT 'default'::text,
  CONSTRAINT artifact_pkey PRIMARY KEY (workspace, sha256)
);

CREATE TABLE attachment (
  id text NOT NULL,
  campaign_id text NOT NULL,
  experiment_id text NOT NULL,
  attempt_id text NOT NULL,
  measurement_id text,
  sha256 text NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  kind text,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT attachment_pkey PRIMARY KEY (id)
);

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
  leased_at timestamp(3) with time zone NOT NULL,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  waiting_kind text,
  waiting_since timestamp(3) with time zone,
  waiting_deadline timestamp(3) with time zone,
  waiting_owner text,
  waiting_escalations integer,
  waiting_note text,
  CONSTRAINT attempt_pkey PRIMARY KEY (id),
  CONSTRAINT attempt_fence_key UNIQUE (experiment_id, fence)
);

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
  created_at timestamp(3) with time zone NOT NULL,
  head_seq integer NOT NULL,
  head_hash text NOT NULL,
  owner text,
  waiting_kind text,
  waiting_since timestamp(3) with time zone,
  waiting_deadline timestamp(3) with time zone,
  waiting_owner text,
  waiting_escalations integer,
  waiting_note text,
  workspace text NOT NULL DEFAULT 'default'::text,
  revision integer NOT NULL,
  plans_before integer NOT NULL,
  asked integer NOT NULL,
  review json,
  limits json,
  cost json,
  CONSTRAINT campaign_pkey PRIMARY KEY (id)
);

CREATE TABLE candidate (
  analysis_id text NOT NULL,
  number integer NOT NULL,
  point json NOT NULL,
  mean double precision NOT NULL,
  sd double precision NOT NULL,
  score double precision NOT NULL,
  feasible double precision NOT NULL,
  tried boolean NOT NULL,
  CONSTRAINT candidate_pkey PRIMARY KEY (analysis_id, number)
);

CREATE TABLE event (
  campaign_id text NOT NULL,
  seq integer NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  actor_kind text NOT NULL,
  actor_name text NOT NULL,
  event json NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL,
  actor_via json,
  CONSTRAINT event_pkey PRIMARY KEY (campaign_id, seq)
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
  approved_at timestamp(3) with time zone,
  approved_spec_hash text,
  fence integer NOT NULL,
  note text,
  created_at timestamp(3) with time zone NOT NULL,
  waiting_kind text,
  waiting_since timestamp(3) with time zone,
  waiting_deadline timestamp(3) with time zone,
  waiting_owner text,
  waiting_escalations integer,
  waiting_note text,
  grounds json,
  rank integer NOT NULL,
  outside text,
  proposed_by text,
  replicate_of text,
  avoid_until integer,
  results json NOT NULL,
  value double precision,
  value_at timestamp(3) with time zone,
  merit double precision,
  search_text text NOT NULL,
  CONSTRAINT experiment_pkey PRIMARY KEY (id),
  CONSTRAINT experiment_number_key UNIQUE (campaign_id, number)
);

CREATE TABLE import (
  id text NOT NULL,
  campaign_id text NOT NULL,
  key text,
  file_name text NOT NULL,
  bytes double precision NOT NULL,
  sha256 text NOT NULL,
  options json NOT NULL,
  actor json NOT NULL,
  state text NOT NULL,
  run integer NOT NULL,
  busy boolean NOT NULL,
  rows_read integer NOT NULL,
  bytes_read double precision NOT NULL,
  bad integer NOT NULL,
  written integer NOT NULL,
  report json,
  preview json,
  error text,
  created_at timestamp(3) with time zone NOT NULL,
  started_at timestamp(3) with time zone,
  touched_at timestamp(3) with time zone NOT NULL,
  ended_at timestamp(3) with time zone,
  CONSTRAINT import_pkey PRIMARY KEY (id),
  CONSTRAINT import_key_key UNIQUE (campaign_id, key)
);

CREATE TABLE import_bad_row (
  import_id text NOT NULL,
  run integer NOT NULL,
  line integer NOT NULL,
  wrong_column text,
  reason text NOT NULL,
  CONSTRAINT import_bad_row_pkey PRIMARY KEY (import_id, run, line)
);

CREATE TABLE import_piece (
  import_id text NOT NULL,
  number integer NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT import_piece_pkey PRIMARY KEY (import_id, number)
);

CREATE TABLE knowledge (
  id text NOT NULL,
  campaign_id text NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  origin json NOT NULL,
  frozen_rows json NOT NULL,
  hash text NOT NULL,
  added_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  removed json,
  CONSTRAINT knowledge_pkey PRIMARY KEY (id),
  CONSTRAINT knowledge_number_key UNIQUE (campaign_id, number)
);

CREATE TABLE lease (
  attempt_id text NOT NULL,
  campaign_id text NOT NULL,
  deadline timestamp(3) with time zone NOT NULL,
  last_seen timestamp(3) with time zone NOT NULL,
  stage text,
  progress double precision,
  CONSTRAINT lease_pkey PRIMARY KEY (attempt_id)
);

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
  created_at timestamp(3) with time zone NOT NULL,
  supersedes text,
  CONSTRAINT measurement_pkey PRIMARY KEY (id)
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
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT model_pkey PRIMARY KEY (id),
  CONSTRAINT model_plan_key UNIQUE (plan_id)
);

CREATE TABLE model_body (
  model_id text NOT NULL,
  body json,
  CONSTRAINT model_body_pkey PRIMARY KEY (model_id)
);

CREATE TABLE partial (
  attempt_id text NOT NULL,
  seq bigint NOT NULL,
  body json NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT partial_pkey PRIMARY KEY (attempt_id, seq)
);

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
  created_at timestamp(3) with time zone NOT NULL,
  knowledge json,
  CONSTRAINT plan_pkey PRIMARY KEY (id),
  CONSTRAINT plan_number_key UNIQUE (campaign_id, number)
);

CREATE UNLOGGED TABLE rate_bucket (
  key text NOT NULL,
  permits double precision NOT NULL,
  granted double precision NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT rate_bucket_pkey PRIMARY KEY (key)
);

CREATE TABLE remembered_answer (
  scope text NOT NULL,
  key text NOT NULL,
  campaign_id text NOT NULL,
  request_hash text NOT NULL,
  response json,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT remembered_answer_pkey PRIMARY KEY (scope, key)
);

CREATE UNLOGGED TABLE request_in_flight (
  scope text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  holder text NOT NULL,
  deadline timestamp(3) with time zone NOT NULL,
  CONSTRAINT request_in_flight_pkey PRIMARY KEY (scope, key)
);

CREATE TABLE screen (
  id text NOT NULL,
  campaign_id text NOT NULL,
  status text NOT NULL,
  request json NOT NULL,
  plan json,
  chunks integer,
  candidates text,
  kept integer,
  result json,
  error text,
  created_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  request_key text,
  request_hash text,
  CONSTRAINT screen_pkey PRIMARY KEY (id),
  CONSTRAINT screen_request_key UNIQUE (request_key)
);

CREATE TABLE screen_chunk (
  screen_id text NOT NULL,
  chunk integer NOT NULL,
  candidates integer NOT NULL,
  result json NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT screen_chunk_pkey PRIMARY KEY (screen_id, chunk)
);

CREATE TABLE station (
  id text NOT NULL,
  name text NOT NULL,
  boot_id text NOT NULL,
  properties text[] NOT NULL,
  limits json NOT NULL,
  schema_version integer NOT NULL,
  paused boolean NOT NULL,
  last_seen_at timestamp(3) with time zone NOT NULL,
  workspace text NOT NULL DEFAULT 'default'::text,
  CONSTRAINT station_pkey PRIMARY KEY (id),
  CONSTRAINT station_name_key UNIQUE (workspace, name)
);

CREATE TABLE token (
  id text NOT NULL,
  name text NOT NULL,
  hash text NOT NULL,
  role text NOT NULL,
  station text,
  one_time boolean NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  revoked_at timestamp(3) with time zone,
  workspace text NOT NULL DEFAULT 'default'::text,
  campaign text,
  instance boolean NOT NULL DEFAULT false,
  request_key text,
  request_hash text,
  CONSTRAINT token_pkey PRIMARY KEY (id),
  CONSTRAINT token_hash_key UNIQUE (hash),
  CONSTRAINT token_request_key UNIQUE (request_key)
);

CREATE TABLE workspace (
  id text NOT NULL,
  name text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT workspace_pkey PRIMARY KEY (id)
);

ALTER TABLE access_change
  ADD CONSTRAINT access_change_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace(id);

ALTER TABLE analysis
  ADD CONSTRAINT analysis_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE artifact
  ADD CONSTRAINT artifact_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace(id);

ALTER TABLE attachment
  ADD CONSTRAINT attachment_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt(id);

ALTER TABLE attachment
  ADD CONSTRAINT attachment_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE attachment
  ADD CONSTRAINT attachment_measurement_fkey FOREIGN KEY (measurement_id) REFERENCES measurement(id);

ALTER TABLE attempt
  ADD CONSTRAINT attempt_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE attempt
  ADD CONSTRAINT attempt_experiment_fkey FOREIGN KEY (experiment_id) REFERENCES experiment(id);

ALTER TABLE campaign
  ADD CONSTRAINT campaign_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace(id);

ALTER TABLE candidate
  ADD CONSTRAINT candidate_analysis_fkey FOREIGN KEY (analysis_id) REFERENCES analysis(id);

ALTER TABLE event
  ADD CONSTRAINT event_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE import
  ADD CONSTRAINT import_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE import_bad_row
  ADD CONSTRAINT import_bad_row_import_fkey FOREIGN KEY (import_id) REFERENCES import(id);

ALTER TABLE import_piece
  ADD CONSTRAINT import_piece_import_fkey FOREIGN KEY (import_id) REFERENCES import(id);

ALTER TABLE knowledge
  ADD CONSTRAINT knowledge_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE lease
  ADD CONSTRAINT lease_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt(id);

ALTER TABLE model
  ADD CONSTRAINT model_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE model
  ADD CONSTRAINT model_plan_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

ALTER TABLE model_body
  ADD CONSTRAINT model_body_model_fkey FOREIGN KEY (model_id) REFERENCES model(id);

ALTER TABLE partial
  ADD CONSTRAINT partial_attempt_fkey FOREIGN KEY (attempt_id) REFERENCES attempt(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE plan
  ADD CONSTRAINT plan_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE remembered_answer
  ADD CONSTRAINT remembered_answer_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE screen
  ADD CONSTRAINT screen_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

ALTER TABLE screen_chunk
  ADD CONSTRAINT screen_chunk_screen_fkey FOREIGN KEY (screen_id) REFERENCES screen(id);

ALTER TABLE station
  ADD CONSTRAINT station_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace(id);

ALTER TABLE token
  ADD CONSTRAINT token_workspace_fkey FOREIGN KEY (workspace) REFERENCES workspace(id);

CREATE INDEX access_change_by_workspace ON public.access_change USING btree (workspace, id COLLATE "C");

CREATE INDEX analysis_unfinished ON public.analysis USING btree (campaign_id) WHERE (ended_at IS NULL);

CREATE INDEX attachment_by_attempt ON public.attachment USING btree (campaign_id, attempt_id);

CREATE INDEX attempt_asked ON public.attempt USING btree (waiting_deadline) WHERE (waiting_owner IS NOT NULL);

CREATE INDEX attempt_by_time ON public.attempt USING btree (campaign_id, leased_at);

CREATE INDEX attempt_live_by_station ON public.attempt USING btree (station_id) WHERE (state = ANY (ARRAY['leased'::text, 'started'::text, 'suspect'::text]));

CREATE UNIQUE INDEX attempt_one_started ON public.attempt USING btree (experiment_id) WHERE (state = 'started'::text);

CREATE INDEX attempt_waiting ON public.attempt USING btree (campaign_id, waiting_deadline) WHERE (waiting_kind IS NOT NULL);

CREATE INDEX campaign_by_state ON public.campaign USING btree (state, created_at);

CREATE INDEX campaign_by_workspace ON public.campaign USING btree (workspace, created_at, id);

CREATE INDEX campaign_waiting ON public.campaign USING btree (waiting_deadline) WHERE (waiting_kind IS NOT NULL);

CREATE INDEX candidate_by_mean ON public.candidate USING btree (analysis_id, mean, number);

CREATE INDEX candidate_by_score ON public.candidate USING btree (analysis_id, score, number);

CREATE INDEX experiment_asked ON public.experiment USING btree (waiting_deadline) WHERE (waiting_owner IS NOT NULL);

CREATE INDEX experiment_by_merit ON public.experiment USING btree (campaign_id, merit) WHERE (merit IS NOT NULL);

CREATE INDEX experiment_by_result ON public.experiment USING btree (campaign_id, value_at, number, value, merit) WHERE (value IS NOT NULL);

CREATE INDEX experiment_by_state ON public.experiment USING btree (campaign_id, state, number, origin);

CREATE INDEX experiment_by_value ON public.experiment USING btree (campaign_id, value, number);

CREATE INDEX experiment_queue ON public.experiment USING btree (campaign_id, rank, number) WHERE (state = 'queued'::text);

CREATE INDEX experiment_waiting ON public.experiment USING btree (campaign_id, waiting_deadline) WHERE (waiting_kind IS NOT NULL);

CREATE INDEX import_unfinished ON public.import USING btree (campaign_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX import_writing ON public.import USING btree (campaign_id) WHERE (busy AND (state = 'importing'::text));

CREATE INDEX lease_by_deadline ON public.lease USING btree (campaign_id, deadline);

CREATE INDEX measurement_by_attempt ON public.measurement USING btree (attempt_id) WHERE (attempt_id IS NOT NULL);

CREATE INDEX measurement_by_experiment ON public.measurement USING btree (experiment_id);

CREATE INDEX measurement_by_time ON public.measurement USING btree (campaign_id, created_at, status);

CREATE UNIQUE INDEX measurement_superseded_once ON public.measurement USING btree (supersedes) WHERE (supersedes IS NOT NULL);

CREATE INDEX measurement_undecided ON public.measurement USING btree (campaign_id, status) WHERE (status = ANY (ARRAY['submitted'::text, 'flagged'::text, 'late'::text]));

CREATE INDEX model_by_campaign ON public.model USING btree (campaign_id);

CREATE INDEX screen_by_campaign ON public.screen USING btree (campaign_id);

CREATE VIEW forgotten AS
 SELECT campaign.id AS campaign_id,
    'campaign'::text AS kind,
    campaign.id,
    (campaign.state || ', and nobody is asked'::text) AS why
   FROM campaign
  WHERE (((campaign.state = ANY (ARRAY['draft'::text, 'paused'::text])) OR ((campaign.state = 'active'::text) AND (NOT (campaign.dispatch AND campaign.proposing)))) AND ((campaign.waiting_owner IS NULL) OR (campaign.waiting_deadline IS NULL)))
UNION ALL
 SELECT experiment.campaign_id,
    'experiment'::text AS kind,
    experiment.id,
        CASE
            WHEN (experiment.state = 'approved'::text) THEN 'approved and not queued'::text
            WHEN (experiment.state = ANY (ARRAY['claimed'::text, 'running'::text, 'measured'::text])) THEN (experiment.state || ', and nobody has it'::text)
            WHEN ((experiment.waiting_kind IS NULL) OR (experiment.waiting_deadline IS NULL)) THEN (experiment.state || ', without a deadline or a person'::text)
            WHEN (experiment.state = ANY (ARRAY['proposed'::text, 'queued'::text, 'quarantined'::text])) THEN (experiment.state || ' in a campaign that is over'::text)
            ELSE (experiment.state || ', and somebody is asked about it'::text)
        END AS why
   FROM (experiment
     JOIN campaign ON ((campaign.id = experiment.campaign_id)))
  WHERE
        CASE
            WHEN (experiment.state = ANY (ARRAY['proposed'::text, 'queued'::text, 'quarantined'::text])) THEN ((experiment.waiting_kind IS NULL) OR (experiment.waiting_deadline IS NULL) OR ((experiment.waiting_owner IS NULL) AND (experiment.waiting_kind <> 'claim'::text)) OR ((experiment.state <> 'quarantined'::text) AND (campaign.state = ANY (ARRAY['completed'::text, 'archived'::text]))))
            WHEN (experiment.state = 'approved'::text) THEN true
            WHEN (experiment.state = ANY (ARRAY['claimed'::text, 'running'::text, 'measured'::text])) THEN (NOT (EXISTS ( SELECT
               FROM (attempt
                 LEFT JOIN lease ON ((lease.attempt_id = attempt.id)))
              WHERE ((attempt.experiment_id = experiment.id) AND
                    CASE
                        WHEN (attempt.state = ANY (ARRAY['leased'::text, 'started'::text])) THEN (lease.deadline IS NOT NULL)
                        ELSE (attempt.waiting_owner IS NOT NULL)
                    END))))
            ELSE (experiment.waiting_kind IS NOT NULL)
        END
UNION ALL
 SELECT attempt.campaign_id,
    'attempt'::text AS kind,
    attempt.id,
        CASE
            WHEN (attempt.state = ANY (ARRAY['leased'::text, 'started'::text])) THEN (attempt.state || ', without a deadline'::text)
            WHEN (attempt.state = 'submitted'::text) THEN 'submitted, and not judged'::text
            WHEN (attempt.state = ANY (ARRAY['suspect'::text, 'flagged'::text, 'late'::text])) THEN (attempt.state || ', without a person'::text)
            ELSE (attempt.state || ', and somebody is asked about it'::text)
        END AS why
   FROM (attempt
     LEFT JOIN lease ON ((lease.attempt_id = attempt.id)))
  WHERE
        CASE
            WHEN (attempt.state = ANY (ARRAY['leased'::text, 'started'::text])) THEN (lease.deadline IS NULL)
            WHEN (attempt.state = 'submitted'::text) THEN true
            WHEN (attempt.state = ANY (ARRAY['suspect'::text, 'flagged'::text, 'late'::text])) THEN ((attempt.waiting_owner IS NULL) OR (attempt.waiting_deadline IS NULL))
            ELSE (attempt.waiting_kind IS NOT NULL)
        END
UNION ALL
 SELECT lease.campaign_id,
    'lease'::text AS kind,
    lease.attempt_id AS id,
    ('a lease on an attempt that is '::text || attempt.state) AS why
   FROM (lease
     JOIN attempt ON ((attempt.id = lease.attempt_id)))
  WHERE (attempt.state <> ALL (ARRAY['leased'::text, 'started'::text]))
UNION ALL
 SELECT measurement.campaign_id,
    'measurement'::text AS kind,
    measurement.id,
    (measurement.status || ', and its attempt is at an end'::text) AS why
   FROM (measurement
     LEFT JOIN attempt ON ((attempt.id = measurement.attempt_id)))
  WHERE ((measurement.status = ANY (ARRAY['submitted'::text, 'flagged'::text, 'late'::text])) AND COALESCE((attempt.state <> ALL (ARRAY['flagged'::text, 'late'::text])), true));

CREATE VIEW task AS
 SELECT ('campaign:'::text || campaign.id) AS id,
    'campaign'::text AS subject_kind,
    campaign.id AS subject_id,
    campaign.id AS campaign_id,
    NULL::text AS experiment_id,
    campaign.waiting_kind AS kind,
    campaign.waiting_since AS since,
    campaign.waiting_deadline AS deadline,
    campaign.waiting_owner AS owner,
    campaign.waiting_escalations AS escalations,
    campaign.waiting_note AS note
   FROM campaign
  WHERE (campaign.waiting_owner IS NOT NULL)
UNION ALL
 SELECT ('experiment:'::text || experiment.id) AS id,
    'experiment'::text AS subject_kind,
    experiment.id AS subject_id,
    experiment.campaign_id,
    experiment.id AS experiment_id,
    experiment.waiting_kind AS kind,
    experiment.waiting_since AS since,
    experiment.waiting_deadline AS deadline,
    experiment.waiting_owner AS owner,
    experiment.waiting_escalations AS escalations,
    experiment.waiting_note AS note
   FROM experiment
  WHERE (experiment.waiting_owner IS NOT NULL)
UNION ALL
 SELECT ('attempt:'::text || attempt.id) AS id,
    'attempt'::text AS subject_kind,
    attempt.id AS subject_id,
    attempt.campaign_id,
    attempt.experiment_id,
    attempt.waiting_kind AS kind,
    attempt.waiting_since AS since,
    attempt.waiting_deadline AS deadline,
    attempt.waiting_owner AS owner,
    attempt.waiting_escalations AS escalations,
    attempt.waiting_note AS note
   FROM attempt
  WHERE (attempt.waiting_owner IS NOT NULL);

CREATE OR REPLACE FUNCTION public.check_experiment_references()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
      DECLARE
        strange text;
      BEGIN
        SELECT campaign_id INTO strange FROM (SELECT DISTINCT campaign_id FROM added WHERE campaign_id IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM campaign WHERE id = named.campaign_id) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new experiment names the campaign %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'experiment_campaign_fkey', TABLE = 'experiment';
        END IF;
        SELECT plan_id INTO strange FROM (SELECT DISTINCT plan_id FROM added WHERE plan_id IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM plan WHERE id = named.plan_id) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new experiment names the plan %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'experiment_plan_fkey', TABLE = 'experiment';
        END IF;
        SELECT replicate_of INTO strange FROM (SELECT DISTINCT replicate_of FROM added WHERE replicate_of IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM experiment WHERE id = named.replicate_of) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new experiment names the experiment %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'experiment_replicate_fkey', TABLE = 'experiment';
        END IF;
        RETURN NULL;
      END
      $function$
;

CREATE OR REPLACE FUNCTION public.check_measurement_references()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
      DECLARE
        strange text;
      BEGIN
        SELECT campaign_id INTO strange FROM (SELECT DISTINCT campaign_id FROM added WHERE campaign_id IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM campaign WHERE id = named.campaign_id) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new measurement names the campaign %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'measurement_campaign_fkey', TABLE = 'measurement';
        END IF;
        SELECT experiment_id INTO strange FROM (SELECT DISTINCT experiment_id FROM added WHERE experiment_id IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM experiment WHERE id = named.experiment_id) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new measurement names the experiment %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'measurement_experiment_fkey', TABLE = 'measurement';
        END IF;
        SELECT attempt_id INTO strange FROM (SELECT DISTINCT attempt_id FROM added WHERE attempt_id IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM attempt WHERE id = named.attempt_id) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new measurement names the attempt %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'measurement_attempt_fkey', TABLE = 'measurement';
        END IF;
        SELECT supersedes INTO strange FROM (SELECT DISTINCT supersedes FROM added WHERE supersedes IS NOT NULL) AS named
          WHERE NOT EXISTS (SELECT FROM measurement WHERE id = named.supersedes) LIMIT 1;
        IF FOUND THEN
          RAISE EXCEPTION 'a new measurement names the measurement %, which is not there', strange
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'measurement_supersedes_fkey', TABLE = 'measurement';
        END IF;
        RETURN NULL;
      END
      $function$
;

CREATE OR REPLACE FUNCTION public.keep_campaign_spec()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    IF (NEW.id, NEW.seed, NEW.lab::text, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.seed, OLD.lab::text, OLD.created_at)
    THEN
      RAISE EXCEPTION 'what a campaign was created with is fixed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.revision <= OLD.revision THEN
      RAISE EXCEPTION 'the settings of a campaign are fixed in each of their revisions, and this is still revision %', OLD.revision
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END
  $function$
;

CREATE OR REPLACE FUNCTION public.keep_knowledge()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF OLD.removed IS NOT NULL
          OR (NEW.id, NEW.campaign_id, NEW.number, NEW.name, NEW.origin::text, NEW.frozen_rows::text, NEW.hash,
              NEW.added_by, NEW.created_at)
            IS DISTINCT FROM
             (OLD.id, OLD.campaign_id, OLD.number, OLD.name, OLD.origin::text, OLD.frozen_rows::text, OLD.hash,
              OLD.added_by, OLD.created_at)
        THEN
          RAISE EXCEPTION 'knowledge % is kept as it was added: it can only be removed, once', OLD.id
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END
      $function$
;

CREATE OR REPLACE FUNCTION public.keep_measurement_value()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    IF (NEW.id, NEW.campaign_id, NEW.experiment_id, NEW.attempt_id, NEW.supersedes, NEW.property, NEW.value, NEW.unit,
        NEW.uncertainty, NEW.conditions::text, NEW.raw::text, NEW.flags, NEW.created_at)
      IS DISTINCT FROM
       (OLD.id, OLD.campaign_id, OLD.experiment_id, OLD.attempt_id, OLD.supersedes, OLD.property, OLD.value, OLD.unit,
        OLD.uncertainty, OLD.conditions::text, OLD.raw::text, OLD.flags, OLD.created_at)
    THEN
      RAISE EXCEPTION 'measurement % is kept as it was made: only its status and its note may change', OLD.id
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END
  $function$
;

CREATE OR REPLACE FUNCTION public.keep_reference()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        RAISE EXCEPTION 'what the id of % % is, and what it refers to, stays', TG_TABLE_NAME, OLD.id
          USING ERRCODE = 'restrict_violation';
      END
      $function$
;

CREATE OR REPLACE FUNCTION public.keep_workspace()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        RAISE EXCEPTION 'a campaign stays in its workspace' USING ERRCODE = 'restrict_violation';
      END
      $function$
;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP
          USING ERRCODE = 'restrict_violation';
      END
      $function$
;

CREATE TRIGGER access_change_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.access_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER attachment_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attachment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER attempt_id_kept BEFORE UPDATE ON public.attempt FOR EACH ROW WHEN ((new.id <> old.id)) EXECUTE FUNCTION keep_reference();

CREATE TRIGGER attempt_stays BEFORE DELETE OR TRUNCATE ON public.attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER campaign_spec_kept BEFORE UPDATE OF id, name, description, space, objectives, strategy, budget, parallel, approval, seed, lab, created_at, revision, plans_before, review, limits, cost ON public.campaign FOR EACH ROW EXECUTE FUNCTION keep_campaign_spec();

CREATE TRIGGER campaign_stays BEFORE DELETE OR TRUNCATE ON public.campaign FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER campaign_workspace_kept BEFORE UPDATE OF workspace ON public.campaign FOR EACH STATEMENT EXECUTE FUNCTION keep_workspace();

CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER experiment_references_kept BEFORE UPDATE ON public.experiment FOR EACH ROW WHEN (((new.id <> old.id) OR (new.campaign_id <> old.campaign_id) OR (new.plan_id IS DISTINCT FROM old.plan_id) OR ((new.replicate_of IS NOT NULL) AND (new.replicate_of IS DISTINCT FROM old.replicate_of)))) EXECUTE FUNCTION keep_reference();

CREATE TRIGGER experiment_refers AFTER INSERT ON public.experiment REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_experiment_references();

CREATE TRIGGER experiment_stays BEFORE DELETE OR TRUNCATE ON public.experiment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER knowledge_append_only BEFORE DELETE OR TRUNCATE ON public.knowledge FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER knowledge_kept BEFORE UPDATE ON public.knowledge FOR EACH ROW EXECUTE FUNCTION keep_knowledge();

CREATE TRIGGER measurement_append_only BEFORE DELETE OR TRUNCATE ON public.measurement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER measurement_refers AFTER INSERT ON public.measurement REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_measurement_references();

CREATE TRIGGER measurement_value_kept BEFORE UPDATE ON public.measurement FOR EACH ROW EXECUTE FUNCTION keep_measurement_value();

CREATE TRIGGER plan_id_kept BEFORE UPDATE ON public.plan FOR EACH ROW WHEN ((new.id <> old.id)) EXECUTE FUNCTION keep_reference();

CREATE TRIGGER plan_stays BEFORE DELETE OR TRUNCATE ON public.plan FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
