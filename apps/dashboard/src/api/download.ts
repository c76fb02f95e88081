import { saveBlob } from '../format/save-file.js';
import { fieldsOf } from './json.js';
import { patientFetch } from './reach.js';
import type { Session } from './session.js';

/** Saves a file that only a session may fetch; a sentence is what stands in the way. */
export async function download(session: Session, url: string, name: string): Promise<string | null> {
  try {
    const response = await patientFetch(url, { headers: { authorization: `Bearer ${session.secret}` } });
    if (response.ok) {
      saveBlob(name, await response.blob());
      return null;
    }
    const { detail } = fieldsOf(await response.json().catch(() => null));
    return typeof detail === 'string' ? detail : `The server answered ${response.status}.`;
  } catch {
    return 'The server cannot be reached: try again in a moment.';
  }
}
