import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for whoever asks, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** Processor seconds of each of these groups of processes, with those that `families` have begun, living and gone; null where nobody says. */
export function spentBy(groups) {
  const table = processTable();
  return Object.fromEntries(
    Object.entries(groups).map(([who, { alone = [], families = [] }]) => [
      who,
      table &&
        sum([...alone.map((pid) => own(table, pid)), ...families.map((pid) => withChildren(table, pid))]),
    ]),
  );
}

const own = (table, pid) => table.get(pid)?.seconds ?? 0;

/** Those that have gone are counted with who began them. */
function withChildren(table, pid) {
  const children = [...table].filter(([, { parent }]) => parent === pid);
  return (
    own(table, pid) + (table.get(pid)?.gone ?? 0) + sum(children.map(([child]) => withChildren(table, child)))
  );
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
