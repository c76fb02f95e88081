import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for whoever asks, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** Processor seconds that each of these groups of processes has used with its children, living and gone; null where nobody says. */
export function spentBy(groups) {
  const table = processTable();
  return Object.fromEntries(
    Object.entries(groups).map(([who, pids]) => [
      who,
      table && sum(pids.map((pid) => withChildren(table, pid))),
    ]),
  );
}

function withChildren(table, pid) {
  const own = table.get(pid);
  if (own === undefined) return 0;
  // Those that have gone are counted with their parent; of those that live, only these groups' own: the bench's are groups themselves.
  const children = pid === process.pid ? [] : [...table].filter(([, { parent }]) => parent === pid);
  const gone = pid === process.pid ? 0 : own.gone;
  return own.seconds + gone + sum(children.map(([child]) => withChildren(table, child)));
}

function processTable() {
  if (process.platform !== 'linux') return null;
  const table = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat !== null) table.set(Number(name), stat);
  }
  return table;
}

/** After the name, which may hold anything: state, parent, …, and from the twelfth on utime, stime, cutime, cstime. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return {
      parent: fields[1],
      seconds: (fields[11] + fields[12]) / ticksPerSecond,
      gone: (fields[13] + fields[14]) / ticksPerSecond,
    };
  } catch {
    return null; // It ended while we looked.
  }
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
