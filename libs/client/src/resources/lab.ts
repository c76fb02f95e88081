import type { Connection } from '../connection.js';
import type { Station, Task } from '../entities.js';
import * as g from '../generated/graphql.js';
import { type ListOptions, made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

export class Stations {
  constructor(private readonly operator: Operator) {}

  /** By name. */
  list(list?: ListOptions): Connection<Station> {
    return this.operator.list(g.StationsDocument, {}, (data) => data.stations, list);
  }

  /** A paused one is given nothing new. */
  async pause(id: string, paused = true, call?: CallOptions): Promise<Station> {
    const data = await this.operator.run(g.PauseStationDocument, { input: { id, paused } }, call);
    return made(data.pauseStation.station);
  }
}

export interface TaskListOptions extends ListOptions, Omit<g.TasksQueryVariables, 'first' | 'after'> {}

/** What waits for people. */
export class Tasks {
  constructor(private readonly operator: Operator) {}

  /** The most pressing first. */
  list({ campaignId, kind, owner, state, ...list }: TaskListOptions = {}): Connection<Task> {
    const wanted = { campaignId, kind, owner, state };
    return this.operator.list(g.TasksDocument, wanted, (data) => data.tasks, list);
  }

  async assign(input: g.AssignTaskInput, call?: CallOptions): Promise<Task> {
    return made((await this.operator.run(g.AssignTaskDocument, { input }, call)).assignTask.task);
  }

  async extend(input: g.ExtendTaskInput, call?: CallOptions): Promise<Task> {
    return made((await this.operator.run(g.ExtendTaskDocument, { input }, call)).extendTask.task);
  }
}
