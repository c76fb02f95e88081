import { type Actor, notFound, type Station } from '@ionloop/domain';
import type { Engine } from '../deps.js';

/** A station that is off is given nothing; what it has it may finish. */
export async function pauseStation(
  engine: Engine,
  actor: Actor,
  id: string,
  paused: boolean,
): Promise<Station> {
  const { stations, accessLog } = engine.store;
  const before = await stations.byId(id);
  if (!before) throw notFound('station', id);
  if (before.paused === paused) return before;
  const station = await stations.setPaused(id, paused);
  const { workspace, name } = station;
  const action = paused ? 'station.paused' : 'station.resumed';
  await accessLog.add({
    ...{ id: engine.ids.next(), workspace, actor, action, subject: id },
    detail: { name },
  });
  return station;
}
