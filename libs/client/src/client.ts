import type { TypedDocument } from './document.js';
import type { FollowOptions } from './follow.js';
import { Operator, type Told } from './operator.js';
import { Access } from './resources/access.js';
import { Analyses } from './resources/analyses.js';
import { Campaigns } from './resources/campaigns.js';
import { Experiments } from './resources/experiments.js';
import { Files } from './resources/files.js';
import { Imports } from './resources/imports.js';
import { Stations, Tasks } from './resources/lab.js';
import { Measurements } from './resources/measurements.js';
import { Screens } from './resources/screens.js';
import { type SocketOptions, Sockets } from './socket.js';
import { type CallOptions, Transport, type TransportOptions } from './transport.js';

export interface IonloopClientOptions extends TransportOptions, SocketOptions {}

/** Ionloop over its API. It holds no connection but while something is subscribed to. */
export class IonloopClient {
  readonly campaigns: Campaigns;
  readonly experiments: Experiments;
  readonly measurements: Measurements;
  readonly analyses: Analyses;
  readonly screens: Screens;
  readonly imports: Imports;
  readonly stations: Stations;
  readonly tasks: Tasks;
  readonly access: Access;
  readonly files: Files;
  readonly #operator: Operator;
  readonly #sockets: Sockets;

  constructor(options: IonloopClientOptions) {
    const transport = new Transport(options);
    this.#sockets = new Sockets(transport, options);
    this.#operator = new Operator(transport, this.#sockets);
    this.campaigns = new Campaigns(this.#operator);
    this.experiments = new Experiments(this.#operator);
    this.measurements = new Measurements(this.#operator);
    this.analyses = new Analyses(this.#operator);
    this.screens = new Screens(this.#operator);
    this.imports = new Imports(this.#operator);
    this.stations = new Stations(this.#operator);
    this.tasks = new Tasks(this.#operator);
    this.access = new Access(this.#operator);
    this.files = new Files(this.#operator);
  }

  /** Any query. It is sent again where no answer came. */
  query<R, V = Readonly<Record<string, unknown>>>(
    document: TypedDocument<R, V>,
    ...[variables, options]: Told<V, CallOptions>
  ): Promise<R> {
    return this.#operator.run(document, variables as V, options);
  }

  /**
   * Any mutation. What its payload says is wrong is thrown as `InputRefused`. Where its input takes an idempotency key and
   * has none it gets one, and then it is sent again where no answer came.
   */
  mutate<R, V = Readonly<Record<string, unknown>>>(
    document: TypedDocument<R, V>,
    ...[variables, options]: Told<V, CallOptions>
  ): Promise<R> {
    return this.#operator.run(document, variables as V, options);
  }

  /** Any subscription. With `resume` it goes on over cuts, without it a cut is an error. */
  subscribe<R, V = Readonly<Record<string, unknown>>>(
    document: TypedDocument<R, V>,
    ...[variables, options]: Told<V, FollowOptions<R>>
  ): AsyncIterableIterator<R, void, undefined> {
    return this.#operator.subscribe(document, variables as V, options ?? {});
  }

  /** Ends all subscriptions. */
  close(): Promise<void> {
    return this.#sockets.close();
  }
}
