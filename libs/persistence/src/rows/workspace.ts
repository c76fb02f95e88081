import { type AccessChange, defaultWorkspace, type Workspace } from '@ionloop/domain';
import type { EntitySchemaColumnOptions } from 'typeorm';
import { fixed, instant, json, key, table, text } from './columns.js';

export interface WorkspaceRow {
  id: string;
  name: string;
  createdAt: Date;
}

export const workspaceRow = table<WorkspaceRow>({
  name: 'workspace',
  columns: {
    id: key('workspace', text()),
    name: text(),
    createdAt: fixed(instant('created_at')),
  },
});

export const workspaceFromRow = ({ createdAt, ...rest }: WorkspaceRow): Workspace => ({
  ...rest,
  createdAt: createdAt.toISOString(),
});

/** Of the workspace that a row belongs to for ever. */
export const inWorkspace = (): EntitySchemaColumnOptions => ({ ...text(), default: defaultWorkspace });

export const toWorkspace = (tableName: string) => ({
  name: `${tableName}_workspace_fkey`,
  target: 'workspace',
  columnNames: ['workspace'],
  referencedColumnNames: ['id'],
});

export interface AccessChangeRow {
  id: string;
  workspace: string;
  at: Date;
  actor: AccessChange['actor'];
  action: AccessChange['action'];
  subject: string;
  detail: AccessChange['detail'];
}

export const accessChangeRow = table<AccessChangeRow>({
  name: 'access_change',
  columns: {
    id: key('access_change', text()),
    workspace: fixed(text()),
    at: fixed(instant()),
    actor: fixed(json()),
    action: fixed(text()),
    subject: fixed(text()),
    detail: fixed(json()),
  },
  indices: [{ name: 'access_change_by_workspace', columns: ['workspace', 'id'], synchronize: false }],
  foreignKeys: [toWorkspace('access_change')],
});

export const accessChangeFromRow = ({ at, ...rest }: AccessChangeRow): AccessChange => ({
  ...rest,
  at: at.toISOString(),
});
