import { Record0000000000001 } from './001-record.js';
import { Lab0000000000002 } from './002-lab.js';
import { Tokens0000000000003 } from './003-tokens.js';
import { Guards0000000000004 } from './004-guards.js';
import { Screens0000000000005 } from './005-screens.js';
import { Artifacts0000000000006 } from './006-artifacts.js';
import { RequestsInFlight0000000000007 } from './007-requests-in-flight.js';
import { Waiting0000000000008 } from './008-waiting.js';
import { Grounds0000000000009 } from './009-grounds.js';
import { Access0000000000010 } from './010-access.js';
import { Moves0000000000011 } from './011-moves.js';
import { Results0000000000012 } from './012-results.js';
import { History0000000000013 } from './013-history.js';
import { Analyses0000000000014 } from './014-analyses.js';
import { Goals0000000000015 } from './015-goals.js';
import { Asking0000000000016 } from './016-asking.js';
import { Importing0000000000017 } from './017-importing.js';
import { Knowledge0000000000018 } from './018-knowledge.js';
import { References0000000000019 } from './019-references.js';

export const allMigrations = [
  Record0000000000001,
  Lab0000000000002,
  Tokens0000000000003,
  Guards0000000000004,
  Screens0000000000005,
  Artifacts0000000000006,
  RequestsInFlight0000000000007,
  Waiting0000000000008,
  Grounds0000000000009,
  Access0000000000010,
  Moves0000000000011,
  Results0000000000012,
  History0000000000013,
  Analyses0000000000014,
  Goals0000000000015,
  Asking0000000000016,
  Importing0000000000017,
  Knowledge0000000000018,
  References0000000000019,
];
