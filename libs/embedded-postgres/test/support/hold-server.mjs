// Starts a server on the folder given, says where it is, and waits to be killed.
import { startEmbeddedPostgres } from '../../dist/index.js';

const server = await startEmbeddedPostgres({ dataFolder: process.argv[2] });
console.log(JSON.stringify({ url: server.url(), pid: server.pid }));
setTimeout(() => undefined, 2 ** 30);
