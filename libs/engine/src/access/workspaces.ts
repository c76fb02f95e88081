import { type Actor, invalidInput, type Workspace } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { text } from '../input.js';

/** Ids stand in paths of files and in what people type. */
const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

export async function createWorkspace(
  engine: Engine,
  actor: Actor,
  wanted: { readonly id: string; readonly name: string },
): Promise<Workspace> {
  const { id } = wanted;
  if (!idPattern.test(id)) {
    const rule = 'small letters, digits and hyphens between them, 40 at most';
    throw invalidInput('id', `"${id.slice(0, 60)}" cannot be the id of a workspace: ${rule}`);
  }
  const name = text(wanted.name, 'name', { min: 1, max: 120 });
  const workspace = await engine.store.workspaces.add({ id, name });
  await engine.store.accessLog.add({
    ...{ id: engine.ids.next(), workspace: id, actor, action: 'workspace.created', subject: id },
    detail: { name },
  });
  return workspace;
}
