import { window, workspace } from 'vscode';
import { applicationSource } from '../adapters/applicationSource.ts';
import type { GitRepository } from '../adapters/gitRepository.ts';
import { type ApplicationChange, applicationDiff } from '../cluster/applicationDiff.ts';
import type { ArgoApplication } from '../cluster/argoApplication.ts';
import { outOfSync } from '../cluster/argoHistory.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { askArgoApplication, type ChosenArgoApplication } from './askArgoApplication.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { showDifferences } from './showDifferences.ts';
import { textAsSeen } from './textAsSeen.ts';
import { withCluster } from './withCluster.ts';

/**
 * Shows what a sync of an application would change, as the files of this workspace have its source. Where they do not have
 * it, or cannot make its manifests, the list of Argo CD itself is shown, and why there is no more than that.
 */
export const diffApplication: Command = {
  id: 'slipway.diffApplication',
  needsTrust: true,
  async run(context, argument) {
    const chosen = await askArgoApplication(context, argument, 'Diff Application');
    const destination = await askDestination(context, chosen);
    const diff = await withCluster(context, destination, `Comparing ${chosen.where} with its source`, (api, signal) =>
      diffWithWorkspace(context, api, chosen.live, signal).catch((error: unknown) => {
        if (!(error instanceof Failure) || !SAYS_WHY.has(error.kind)) throw error;
        return error;
      }),
    );
    if (diff instanceof Failure) showList(context, chosen, diff);
    else showDiff(context, destination, chosen, diff);
  },
};

/** What is no fault, but a reason why there is no diff. */
const SAYS_WHY: ReadonlySet<string> = new Set(['unsupported', 'tool-missing', 'not-found', 'invalid']);

interface WorkspaceDiff {
  readonly changes: readonly ApplicationChange[];
  readonly repository: GitRepository;
}

async function diffWithWorkspace(
  { isTrusted }: CommandContext,
  api: KubeApi,
  application: ArgoApplication,
  signal: AbortSignal,
): Promise<WorkspaceDiff> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const tools = { readText: textAsSeen, environment: process.env, trusted: isTrusted(), helm: 'helm' };
  const { documents, repository } = await applicationSource(
    application,
    folders.map(({ uri }) => uri.fsPath),
    api,
    tools,
    signal,
  );
  const objects = documents.map(({ object }) => object);
  return { changes: await applicationDiff(api, application, objects, signal), repository };
}

/** The context of the cluster that an application is deployed to: its own, one with that server, or what the person says. */
async function askDestination({ target }: CommandContext, chosen: ChosenArgoApplication): Promise<string> {
  const { name = '', server = '' } = chosen.live.spec?.destination ?? {};
  const isOwn = name === 'in-cluster' || /^https:\/\/kubernetes\.default\.svc(?:$|[:/.])/.test(server);
  if (isOwn || (name === '' && server === '')) return chosen.context;
  const { contexts } = target.contexts();
  const bare = (address: string): string => address.replace(/\/+$/, '').toLowerCase();
  const known = contexts.find((each) => server !== '' && bare(each.server) === bare(server));
  if (known) return known.name;
  const named = [...contexts].sort((a, b) => Number(b.name === name) - Number(a.name === name));
  const items = named.map((each) => ({ label: each.name, description: each.server }));
  const placeHolder = `Which context is the cluster ${name || server} that it is deployed to?`;
  return orDismissed(await window.showQuickPick(items, { title: chosen.where, placeHolder, ignoreFocusOut: true }))
    .label;
}

function showDiff(
  context: CommandContext,
  destination: string,
  { live, where }: ChosenArgoApplication,
  { changes, repository }: WorkspaceDiff,
): void {
  const { log, pages } = context;
  const open = changes.filter(({ change }) => change !== 'unchanged');
  const against = sourceInWords(live, repository);
  if (open.length === 0) {
    window.showInformationMessage(`${where} is as ${against} has it: ${changes.length} objects.`);
    return;
  }
  const items = open.map((change) => ({
    label: `${change.kind} ${change.namespace === undefined ? '' : `${change.namespace}/`}${change.name}`,
    description: CHANGES[change.change],
    ...(change.note === undefined ? {} : { detail: change.note }),
    change,
  }));
  for (const { description, label } of items) log.info(`${where}: ${label} ${description}`);
  const title = `${live.metadata.name}: ${open.length} of ${changes.length} objects differ from ${against}`;
  showDifferences(context, title, items, async ({ change: { diff, group, kind, name, namespace } }) => {
    if (!diff) return;
    const sides = [
      { context: destination, text: diff.before },
      { context: 'its source', text: diff.after },
    ] as const;
    await pages.compare({ type: { group, kind }, namespace, name }, ...sides, true);
  });
}

const CHANGES: Readonly<Record<ApplicationChange['change'], string>> = {
  create: 'missing in the cluster',
  update: 'differs',
  delete: 'gone from the source',
  unchanged: 'the same',
  unknown: 'not known',
};

/** `this workspace at 1a2b3c4, with changes of its own`; whether that is the commit that Argo CD compared with. */
function sourceInWords({ status }: ArgoApplication, { commit, isDirty }: GitRepository): string {
  const seen = status?.sync?.revision;
  const isSeen = seen !== undefined && seen === commit;
  const other = seen === undefined || isSeen ? '' : ` (Argo CD compared with ${seen.slice(0, 8)})`;
  const at = commit === undefined ? '' : ` at ${commit.slice(0, 8)}${other}`;
  return `this workspace${at}${isDirty ? ' with changes that are not committed' : ''}`;
}

function showList(context: CommandContext, { live, where }: ChosenArgoApplication, why: Failure): void {
  const { advice, message, said } = why.report;
  context.log.info(`${where}: no diff. ${[message, said].filter((part) => part !== '').join(' ')}`);
  const reason = [message, advice].filter((part) => part !== '').join(' ');
  const differing = outOfSync(live);
  if (differing.length === 0) {
    window.showInformationMessage(`Argo CD finds ${where} in sync. Slipway cannot look closer: ${reason}`);
    return;
  }
  const items = differing.map(({ kind, name, namespace, requiresPruning }) => ({
    label: `${kind} ${namespace ? `${namespace}/` : ''}${name}`,
    description: requiresPruning ? 'gone from the source' : 'out of sync, says Argo CD',
  }));
  const title = `${live.metadata.name}: only the list of Argo CD. ${reason}`;
  showDifferences(context, title, items, () => Promise.resolve());
}
