import type { AccessChange, Queues, Token, Viewer, Workspace } from '../entities.js';
import * as g from '../generated/graphql.js';
import { made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

/** Tokens, workspaces, what was done about them, and queues of the instance. */
export class Access {
  constructor(private readonly operator: Operator) {}

  /** Who this client speaks for. */
  async viewer(call?: CallOptions): Promise<Viewer> {
    return (await this.operator.run(g.ViewerDocument, {}, call)).viewer;
  }

  async tokens(call?: CallOptions): Promise<readonly Token[]> {
    return (await this.operator.run(g.TokensDocument, {}, call)).tokens;
  }

  /** Its secret is told here and never again. */
  async createToken(
    input: g.CreateTokenInput,
    call?: CallOptions,
  ): Promise<{ readonly token: Token; readonly secret: string }> {
    const { createToken } = await this.operator.run(g.CreateTokenDocument, { input }, call);
    return { token: made(createToken.token), secret: made(createToken.secret) };
  }

  async revokeToken(id: string, call?: CallOptions): Promise<Token> {
    const data = await this.operator.run(g.RevokeTokenDocument, { input: { id } }, call);
    return made(data.revokeToken.token);
  }

  async workspaces(call?: CallOptions): Promise<readonly Workspace[]> {
    return (await this.operator.run(g.WorkspacesDocument, {}, call)).workspaces;
  }

  async createWorkspace(input: g.CreateWorkspaceInput, call?: CallOptions): Promise<Workspace> {
    const data = await this.operator.run(g.CreateWorkspaceDocument, { input }, call);
    return made(data.createWorkspace.workspace);
  }

  /** For those who look after the whole instance. */
  async queues(call?: CallOptions): Promise<Queues> {
    return (await this.operator.run(g.QueuesDocument, {}, call)).queues;
  }

  /** What was changed about access, the newest first. */
  async *log(pageSize = 100, call?: CallOptions): AsyncGenerator<AccessChange, void, undefined> {
    for (let before: string | null = null; ;) {
      const data: g.AccessLogQuery = await this.operator.run(
        g.AccessLogDocument,
        { first: pageSize, before },
        call,
      );
      yield* data.accessLog;
      before = data.accessLog.at(-1)?.id ?? null;
      if (data.accessLog.length < pageSize || before === null) return;
    }
  }
}
