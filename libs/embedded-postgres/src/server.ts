import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programIn, type Binaries } from './binaries.js';
import { StartFailedError } from './errors.js';
import { commandOf, type Launch } from './launch.js';
import { serverEnvironment } from './server-environment.js';

export interface ServerOptions {
  readonly dataFolder: string;
  readonly binaries: Binaries;
  readonly launch: Launch;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** One run of the PostgreSQL program. */
export interface Server {
  readonly pid: number;
  /** Settles when the program has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const tailLength = 40;
const fastMs = 20_000;
const immediateMs = 5_000;

/** Starts the program; resolves once it takes connections. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const [command, args] = commandOf(
    options.launch,
    programIn(options.binaries, 'postgres'),
    serverArguments(options),
  );
  const child = spawn(command, args, {
    ...options.launch.credentials,
    cwd: options.dataFolder,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Where nothing else ends the server with its parent, an orderly exit of the parent still does.
  const endWithUs = () => void child.kill('SIGINT');
  process.once('exit', endWithUs);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      process.removeListener('exit', endWithUs);
      resolve();
    });
  });
  await ready(child, options);
  return { pid: child.pid ?? 0, ended, stop: () => stop(child, ended, options) };
}

function serverArguments({ dataFolder, port, settings }: ServerOptions): string[] {
  const fixed = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    log_destination: 'stderr',
    logging_collector: 'off',
  };
  return [
    '-D',
    dataFolder,
    ...Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

function ready(child: ChildProcess, { dataFolder, log }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const tail: string[] = [];
    child.once('error', (error) => reject(new StartFailedError(dataFolder, error.message, { cause: error })));
    child.once('close', () => reject(new StartFailedError(dataFolder, tail.join('\n'))));
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      tail.push(line);
      if (tail.length > tailLength) tail.shift();
      log(line);
      if (line.includes('database system is ready to accept connections')) resolve();
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<void>, options: ServerOptions): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync(programIn(options.binaries, 'pg_ctl'), ['stop', '-D', options.dataFolder, '-m', 'fast', '-w']);
    return ended;
  }
  // Fast shutdown closes connections and writes a checkpoint; the harder ones leave recovery to the next start.
  child.kill('SIGINT');
  const harder = [
    setTimeout(() => child.kill('SIGQUIT'), fastMs),
    setTimeout(() => child.kill('SIGKILL'), fastMs + immediateMs),
  ];
  await ended;
  for (const timer of harder) clearTimeout(timer);
}
