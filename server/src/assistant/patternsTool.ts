import type { PatternsInput } from '../../../protocol/assistantTools.ts';
import { faultsOf, stateOf } from '../features/patternUses.ts';
import { CATEGORIES, type Pattern } from '../rules/pattern.ts';
import { label } from '../workspace/resource.ts';
import { knownPattern } from './knownPattern.ts';
import { linePlace } from './linePlace.ts';
import type { ToolWorkspace } from './toolWorkspace.ts';

/** The catalog, or one pattern of it, with its uses in the workspace. */
export async function patternsTool({ pattern: id }: PatternsInput, workspace: ToolWorkspace): Promise<object> {
  const chosen = id === undefined ? [...workspace.patterns] : [knownPattern(id, workspace)];
  chosen.sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
  const patterns = [];
  for (const [index, pattern] of chosen.entries()) {
    await workspace.rest(index, chosen.length);
    patterns.push(describe(pattern, workspace));
  }
  return { patterns };
}

function describe(pattern: Pattern, workspace: ToolWorkspace) {
  const { apply, category, id, roles, summary, title } = pattern;
  const titleOf = (role: string): string => roles[role]?.title ?? role;
  return {
    id,
    title,
    category,
    summary,
    applicable: apply !== undefined,
    uses: [...pattern.recognize(workspace.snapshot.graph)].map((instance) => ({
      name: instance.name,
      state: stateOf(
        instance,
        faultsOf(pattern, instance, (uri) => workspace.findingsOf(uri, undefined)),
      ),
      participants: instance.participants.map(({ role, resource, at }) => ({
        role: titleOf(role),
        resource: label(resource),
        file: workspace.pathOf(at.source.uri),
        line: linePlace(at).line,
      })),
      missing: instance.missing.map(titleOf),
    })),
  };
}
