import { IonloopError, invalidInput } from '@ionloop/domain';
import { constraintOf, sqlState } from './trouble.js';

const taken: Readonly<Record<string, string>> = {
  campaign_pkey: 'there is a campaign with this id already',
  experiment_number_key: 'there is an experiment with this number already',
  experiment_pkey: 'there is an experiment with this id already',
  attempt_fence_key: 'another attempt of this experiment has this fence already',
  attempt_one_started: 'another attempt of this experiment is started already',
  knowledge_number_key: 'there is knowledge with this number already',
  plan_number_key: 'there is a plan with this number already',
  remembered_answer_pkey: 'another request has been answered under this key already',
  token_hash_key: 'there is a token with this secret already',
};

/** What the database refuses because of what it was given, in the words of the domain. */
export function asRefusal(error: unknown): unknown {
  switch (sqlState(error)) {
    case '23505': {
      const message = taken[constraintOf(error) ?? ''];
      return message === undefined ? error : new IonloopError('CONFLICT', message);
    }
    case '22003':
      return invalidInput('number', 'a number is too large to be kept');
    case '53100':
      return new IonloopError(
        'STORAGE_FULL',
        'the disk of the database is full: nothing of this was kept; it goes on when there is room',
      );
    case '22021':
    case '22P05':
      return unstorableText();
    default:
      return error;
  }
}

const unstorableText = (): IonloopError =>
  invalidInput('text', 'a text holds a character that cannot be kept: NUL, or half of a surrogate pair');

// JSON.stringify writes both as escapes; a backslash that is itself escaped does not begin one.
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** A text column would refuse or alter such text, and the rows would differ from what the log says. */
export function refuseUnstorableText(json: string): void {
  if (json.includes('\\u') && unstorable.test(json)) throw unstorableText();
}
