import type { CheckInput } from '../../../protocol/assistantTools.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { Place, SourceNode } from '../text/sourceNode.ts';
import { linePlace } from './linePlace.ts';
import { secretsIn, withoutSecrets } from './secrets.ts';
import type { ToolWorkspace } from './toolWorkspace.ts';

const RANKS = { error: 0, warning: 1, information: 2 } as const;
const USUAL_LIMIT = 100;

/** Finds the faults of the files below some paths, the worst first. */
export async function checkTool(
  { paths, profile, severity = 'information', limit = USUAL_LIMIT }: CheckInput,
  workspace: ToolWorkspace,
): Promise<object> {
  const wanted = await Promise.all((paths ?? []).map((path) => workspace.uriOf(path)));
  const files = workspace.files.filter(
    (uri) =>
      wanted.length === 0 || wanted.some((start) => uri === start || uri.startsWith(`${start.replace(/\/$/, '')}/`)),
  );
  const found: ReportedFinding[] = [];
  for (const [index, uri] of files.entries()) {
    await workspace.rest(index, files.length);
    found.push(...workspace.findingsOf(uri, profile).filter((finding) => RANKS[finding.severity] <= RANKS[severity]));
  }
  const told = found.sort((a, b) => RANKS[a.severity] - RANKS[b.severity]).slice(0, limit);
  const secrets = new Map<string, readonly SourceNode[]>();
  const secretsOf = (uri: string): readonly SourceNode[] => {
    const known = secrets.get(uri) ?? secretsIn(workspace.snapshot, uri);
    secrets.set(uri, known);
    return known;
  };
  const placed = (at: Place, message: string) => ({
    message: withoutSecrets(message, secretsOf(at.source.uri)),
    file: workspace.pathOf(at.source.uri),
    ...linePlace(at),
  });
  return {
    findings: told.map(({ rule, severity: worth, finding }) => ({
      rule: rule.id,
      severity: worth,
      ...placed(finding.at, finding.message),
      related: (finding.related ?? []).map(({ at, message }) => placed(at, message)),
      fixes: (finding.fixes ?? []).map(({ title }) => title),
    })),
    total: found.length,
    files: files.length,
  };
}
