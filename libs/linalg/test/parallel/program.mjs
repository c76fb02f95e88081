import { openPool } from '@ionloop/linalg';

// A program that does not close its pool.
const pool = openPool({ threads: 2, tasks: new URL('tasks.mjs', import.meta.url) });
const payloads = [30, 0, 1].map((milliseconds, value) => ({ milliseconds, value }));
console.log(await pool.map('after', payloads));
