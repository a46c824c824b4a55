import { ALEMBIC_REVISION, type PythonFile, settingOf } from '../../languages/python/pythonLanguage.ts';
import type { PythonValue } from '../../languages/python/pythonValue.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** One revision of Alembic, read from the head of its module. */
export interface Revision {
  readonly resource: Resource;
  readonly file: PythonFile;
  readonly id: string;
  readonly idValue: PythonValue;
  /** The revisions that it follows, with the text of each; undefined where they are computed. */
  readonly parents: readonly PythonValue[] | undefined;
  /** It names a branch, depends on one, or is written in a way that is not read here. */
  readonly isBranch: boolean;
}

/** The revisions of one folder, in the order of their files. */
export interface RevisionFolder {
  readonly revisions: readonly Revision[];
  readonly byId: ReadonlyMap<string, readonly Revision[]>;
  /** Revisions that no other one follows; undefined where a part of the chain is not known. */
  readonly heads: readonly Revision[] | undefined;
}

/** The folder of revisions that a revision stands in. */
export function revisionFolder(resource: Resource, graph: ResourceGraph): RevisionFolder {
  return revisionFolders(graph).get(folderOf(resource)) ?? { revisions: [], byId: new Map(), heads: undefined };
}

/** Every folder of revisions, by its URI. */
export function revisionFolders(graph: ResourceGraph): ReadonlyMap<string, RevisionFolder> {
  return graph.memo('alembic-revisions', () => {
    const folders = new Map<string, Revision[]>();
    for (const resource of graph.all(ALEMBIC_REVISION)) {
      const revision = readRevision(resource);
      if (!revision) continue;
      const folder = folderOf(resource);
      folders.set(folder, [...(folders.get(folder) ?? []), revision]);
    }
    return new Map([...folders].map(([folder, revisions]) => [folder, asFolder(revisions)]));
  });
}

function asFolder(revisions: readonly Revision[]): RevisionFolder {
  const byId = new Map<string, Revision[]>();
  for (const revision of revisions) byId.set(revision.id, [...(byId.get(revision.id) ?? []), revision]);
  const followed = new Set(revisions.flatMap(({ parents }) => (parents ?? []).map(({ literal }) => literal)));
  const isKnown = revisions.every(({ parents }) => parents !== undefined);
  return {
    revisions,
    byId,
    heads: isKnown ? revisions.filter(({ id }) => !followed.has(id)) : undefined,
  };
}

function readRevision(resource: Resource): Revision | undefined {
  const file = resource.model as PythonFile;
  const idValue = settingOf(file, 'revision')?.value;
  const down = settingOf(file, 'down_revision')?.value;
  if (typeof idValue?.literal !== 'string' || !down) return undefined;
  const labels = ['branch_labels', 'depends_on'].map((name) => settingOf(file, name)?.value);
  const parents = down.items ?? (down.literal === null ? [] : [down]);
  return {
    resource,
    file,
    id: idValue.literal,
    idValue,
    parents: parents.every(({ literal }) => typeof literal === 'string') ? parents : undefined,
    isBranch: labels.some((value) => value !== undefined && value.literal !== null),
  };
}
