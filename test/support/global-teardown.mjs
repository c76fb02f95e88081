import { rmSync } from 'node:fs';

export default async function stopPostgresForTests() {
  const { server, folder } = globalThis.ionloopTestPostgres;
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
