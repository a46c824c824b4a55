import { createTwoFilesPatch } from 'diff';
import type { ApplyInput } from '../../../protocol/assistantTools.ts';
import type { WorkspaceChange } from '../rules/pattern.ts';
import { applyEdits } from '../text/sourceText.ts';
import { WORKLOAD_TYPES } from '../workspace/kubernetes/workload.ts';
import { label, type Resource } from '../workspace/resource.ts';
import { knownPattern } from './knownPattern.ts';
import { linePlace } from './linePlace.ts';
import { maskingEdits, secretsIn } from './secrets.ts';
import { ToolRefusal } from './toolRefusal.ts';
import type { ToolWorkspace } from './toolWorkspace.ts';

/** The change that adds a pattern to a workload; written only where the input says so. */
export async function applyTool(input: ApplyInput, workspace: ToolWorkspace): Promise<object> {
  const { graph } = workspace.snapshot;
  const pattern = knownPattern(input.pattern, workspace);
  const workload = namedWorkload(input, workspace);
  if (!pattern.apply)
    throw new ToolRefusal(`${pattern.title} cannot be applied to a workload; explain tells how to use it.`);
  const change = pattern.apply(workload, graph);
  if (!change || (change.edits.length === 0 && change.creates.length === 0)) {
    throw new ToolRefusal(`${pattern.title} has no place on ${label(workload)}, or is there already.`);
  }
  await workspace.rest(0, 1);
  const files = [...changedFiles(change, workspace)];
  if (input.write) await workspace.write(change, `Apply ${pattern.title}`);
  return {
    workload: label(workload),
    files: files.map(({ file, kind, edits }) => ({ file, change: kind, edits })),
    diff: files.map(({ diff }) => diff).join(''),
    written: input.write === true,
  };
}

function* changedFiles({ creates, edits }: WorkspaceChange, { pathOf, snapshot }: ToolWorkspace) {
  for (const uri of new Set(edits.map((edit) => edit.uri))) {
    const source = snapshot.files.get(uri)?.parsed.source;
    if (!source) throw new Error(`A pattern edits ${uri}, which is no file of the workspace.`);
    const own = edits.filter((edit) => edit.uri === uri);
    const file = pathOf(uri);
    const secrets = secretsIn(snapshot, uri);
    const before = applyEdits(source.text, maskingEdits(secrets, []));
    const after = applyEdits(source.text, [...own, ...maskingEdits(secrets, own)]);
    yield {
      file,
      kind: 'edit',
      edits: [...own]
        .sort((a, b) => b.span.start - a.span.start)
        .map(({ span, newText }) => ({ ...linePlace({ source, span }), newText })),
      diff: createTwoFilesPatch(file, file, before, after),
    };
  }
  for (const { uri, text } of creates) {
    const file = pathOf(uri);
    yield {
      file,
      kind: 'create',
      edits: [{ line: 1, column: 1, endLine: 1, endColumn: 1, newText: text }],
      diff: createTwoFilesPatch('/dev/null', file, '', text),
    };
  }
}

/** The one workload that is meant: by its name, or by its kind and name, each once although several sets include its file. */
function namedWorkload({ workload: named, namespace }: ApplyInput, { pathOf, snapshot }: ToolWorkspace): Resource {
  const byPlace = new Map<string, Resource>();
  for (const resource of snapshot.graph.all(...WORKLOAD_TYPES)) {
    // Patterns are applied to manifests; a workload in a Terraform file is none.
    if (resource.name === undefined || /\.(?:tf|tofu)$/.test(resource.uri)) continue;
    byPlace.set(`${resource.uri} ${resource.root.span.start}`, resource);
  }
  const workloads = [...byPlace.values()];
  const meant = workloads.filter(
    (resource) =>
      (resource.name === named || label(resource).toLowerCase() === named.toLowerCase().replace('/', ' ')) &&
      (namespace === undefined || (resource.namespace ?? 'default') === namespace),
  );
  const [only, ...others] = meant;
  if (only && others.length === 0) return only;
  const described = (list: readonly Resource[]): string =>
    list
      .map((each) => `${label(each)}${each.namespace ? ` in ${each.namespace}` : ''} (${pathOf(each.uri)})`)
      .sort()
      .join(', ');
  throw new ToolRefusal(
    only
      ? `'${named}' may be one of several workloads: ${described(meant)}.`
      : workloads.length === 0
        ? 'No manifest of the workspace defines a workload.'
        : `There is no workload '${named}'. There are: ${described(workloads)}.`,
  );
}
