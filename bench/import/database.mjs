import { readdirSync, readFileSync } from 'node:fs';

const ticksInSecond = 100;

/** The processor time that the server with this id, and all its processes, have taken; null where it cannot be told. */
export function databaseSeconds(server) {
  if (server === null || process.platform !== 'linux') return null;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid) ?? []);
  const own = processes.find(({ pid }) => Number(pid) === server);
  if (!own) return null;
  const children = processes.filter(({ parent }) => Number(parent) === server);
  const ticks = own.ticks + own.ofEnded + children.reduce((sum, child) => sum + child.ticks, 0);
  return ticks / ticksInSecond;
}

function statOf(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The name, in brackets, may hold anything.
  const [, parent, , , , , , , , , , user, system, ofEndedUser, ofEndedSystem] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ');
  return {
    pid,
    parent,
    ticks: Number(user) + Number(system),
    ofEnded: Number(ofEndedUser) + Number(ofEndedSystem),
  };
}
