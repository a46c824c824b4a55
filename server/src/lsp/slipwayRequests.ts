import type { CancellationToken } from 'vscode-languageserver/node';
import {
  type ApplyPatternParams,
  type ApplyPatternResult,
  applyPatternRequest,
  type ExplainParams,
  type ExplainResult,
  explainRequest,
  type InstanceNode,
  type PageNode,
  type PagesResult,
  type PatternsResult,
  type PipelineResult,
  type ProtectedContextsResult,
  pagesRequest,
  patternsRequest,
  pipelineRequest,
  protectedContextsRequest,
  type RenderedFindingsParams,
  type RenderedFindingsResult,
  renderedFindingsRequest,
  type WorkloadsResult,
  workloadsRequest,
  workspaceChangedNotification,
} from '../../../protocol/slipwayProtocol.ts';
import { protectedContexts } from '../configuration/settings.ts';
import { namePlace } from '../features/namePlace.ts';
import { pageSection } from '../features/pageSection.ts';
import { faultsOf, stateOf } from '../features/patternUses.ts';
import { pipelineOf } from '../features/pipeline.ts';
import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import { CATEGORIES } from '../rules/pattern.ts';
import { WORKLOAD_TYPES } from '../workspace/kubernetes/workload.ts';
import { label, type Resource } from '../workspace/resource.ts';
import { canonicalUri } from './canonicalUri.ts';
import { debounce } from './debounce.ts';
import type { LspFeature } from './lspFeature.ts';
import { recognizedPatterns } from './recognizedPatterns.ts';
import { renderedFindings } from './renderedFindings.ts';
import type { Session } from './session.ts';
import { TimeSlice } from './timeSlice.ts';
import { toLocation } from './toLocation.ts';
import { toWorkspaceEdit } from './toWorkspaceEdit.ts';
import { whenLoaded } from './whenLoaded.ts';

/** Views are drawn again once typing pauses. */
const CHANGE_DELAY_MILLISECONDS = 500;

/** The requests of our own, which our client knows and others may use. They are announced as `experimental`. */
export const slipwayRequests: LspFeature = {
  name: 'Slipway requests',
  capabilities: () => ({
    experimental: {
      slipway: [
        patternsRequest,
        pipelineRequest,
        workloadsRequest,
        applyPatternRequest,
        explainRequest,
        pagesRequest,
        renderedFindingsRequest,
        protectedContextsRequest,
      ],
    },
  }),
  register(session) {
    const { connection, faults, workspace, settings } = session;
    const answer = <Params, Result>(
      method: string,
      nothing: Result,
      compute: (params: Params, token: CancellationToken) => Result | Promise<Result>,
    ): void => {
      const guarded = faults.request(method, nothing, compute);
      // A request that was sent without parameters comes with its token alone.
      connection.onRequest(
        method,
        (...received: unknown[]): Promise<unknown> =>
          guarded((received.length > 1 ? received[0] : undefined) as Params, received.at(-1) as CancellationToken),
      );
    };
    answer<unknown, PatternsResult>(patternsRequest, [], (_params, token) => patternNodes(session, token));
    // Commands choose among these: half of a workspace would be told as all of it.
    answer<unknown, PipelineResult>(pipelineRequest, [], async (_params, token) => {
      await whenLoaded(workspace);
      return applicationNodes(session, token);
    });
    answer<unknown, WorkloadsResult>(workloadsRequest, [], async () => {
      await whenLoaded(workspace);
      return workloads(session).map(workloadNode);
    });
    answer<ApplyPatternParams, ApplyPatternResult>(applyPatternRequest, null, (params) =>
      applyPattern(params, session),
    );
    answer<ExplainParams, ExplainResult>(explainRequest, null, ({ id }) => explain(id, session));
    answer<unknown, PagesResult>(pagesRequest, [], () => pageNodes(session));
    answer<RenderedFindingsParams, RenderedFindingsResult>(renderedFindingsRequest, [], (params) =>
      renderedFindings(params, session),
    );
    answer<unknown, ProtectedContextsResult>(protectedContextsRequest, [], async () => {
      // A protection that is not read yet protects nothing.
      await whenLoaded(workspace);
      return protectedContexts(workspace.snapshot().graph);
    });
    const changed = debounce(CHANGE_DELAY_MILLISECONDS, () =>
      faults.notification(workspaceChangedNotification, () =>
        connection.sendNotification(workspaceChangedNotification),
      )(undefined),
    );
    workspace.onDidChange(changed);
    settings.onDidChange(changed);
  },
};

async function patternNodes(session: Session, token: CancellationToken): Promise<PatternsResult> {
  const slice = new TimeSlice(token);
  const nodes: (PatternsResult[number] & { category: Pattern['category'] })[] = [];
  for (const { pattern, instances } of await recognizedPatterns(session, slice)) {
    const shown: InstanceNode[] = [];
    for (const instance of instances) {
      shown.push(instanceNode(pattern, instance, session));
      await slice.rest();
    }
    const { apply, category, id, summary, title } = pattern;
    nodes.push({ id, title, category, summary, instances: shown, applicable: apply !== undefined });
  }
  return nodes.sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
}

function instanceNode(pattern: Pattern, instance: PatternInstance, { findings }: Session): InstanceNode {
  const faults = faultsOf(pattern, instance, (uri) => findings.of(uri));
  return {
    name: instance.name,
    state: stateOf(instance, faults),
    participants: instance.participants.map(({ role, resource, at }) => ({
      role: pattern.roles[role]?.title ?? role,
      name: label(resource),
      location: toLocation(at),
    })),
    missing: instance.missing.map((role) => pattern.roles[role]?.title ?? role),
    faults: faults.map(({ severity, finding }) => ({
      message: finding.message,
      severity,
      location: toLocation(finding.at),
    })),
  };
}

async function applicationNodes(session: Session, token: CancellationToken): Promise<PipelineResult> {
  const { findings, workspace } = session;
  const applications = pipelineOf({
    recognized: await recognizedPatterns(session, new TimeSlice(token)),
    graph: workspace.snapshot().graph,
    otherFiles: workspace.evidence,
    findingsOf: (uri) => findings.of(uri),
  });
  return applications.map(({ dockerfile, folder, images, name, stages, workloads: deployed }) => ({
    name,
    folder,
    dockerfile: dockerfile.uri,
    images,
    manifests: deployed.map((resource) => ({
      uri: resource.uri,
      workload: resource.name ?? resource.kind,
      kind: resource.kind,
      namespace: resource.namespace ?? null,
    })),
    stages: stages.map(({ evidence, ...stage }) => ({
      ...stage,
      evidence: evidence.map(({ text, at }) => ({ text, ...(at ? { location: toLocation(at) } : {}) })),
    })),
  }));
}

/** Each workload once, although several sets may include its file. */
function workloads({ workspace }: Session): Resource[] {
  const byPlace = new Map<string, Resource>();
  for (const resource of workspace.snapshot().graph.all(...WORKLOAD_TYPES)) {
    const key = `${resource.uri} ${resource.root.span.start}`;
    if (resource.name !== undefined && !byPlace.has(key)) byPlace.set(key, resource);
  }
  return [...byPlace.values()];
}

function workloadNode(resource: Resource): WorkloadsResult[number] {
  return {
    kind: resource.kind,
    name: resource.name ?? resource.kind,
    namespace: resource.namespace ?? null,
    location: toLocation(namePlace(resource)),
  };
}

function applyPattern({ pattern: id, workload }: ApplyPatternParams, session: Session): ApplyPatternResult {
  const { graph } = session.workspace.snapshot();
  const pattern = session.catalog.patterns.find((candidate) => candidate.id === id);
  const uri = canonicalUri(workload.uri);
  const resource = graph.inFile(uri).find(({ root, type }) => {
    const offset = root.source.offsetAt(workload.range.start);
    return WORKLOAD_TYPES.includes(type) && offset >= root.span.start && offset <= root.span.end;
  });
  // Patterns are applied to manifests; a workload in a Terraform file is none.
  const isManifest = !/\.(?:tf|tofu)$/.test(uri);
  const change = resource && isManifest ? pattern?.apply?.(resource, graph) : undefined;
  return change ? (toWorkspaceEdit(change, session.workspace, session.client) ?? null) : null;
}

/** Each pattern and group, followed by its rules. */
function pageNodes({ catalog }: Session): PageNode[] {
  const { known } = catalog.rules;
  return [...catalog.patterns, ...catalog.groups]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, summary, title }) => [
      { id, title, detail: summary },
      ...(known?.ids ?? [])
        .filter((rule) => rule.startsWith(`${id}/`))
        .map((rule) => ({
          id: rule,
          title,
          detail: [known?.severityOf(rule), known?.profileOf(rule)].filter((fact) => fact !== undefined).join(', '),
        })),
    ]);
}

async function explain(id: string, { catalog, pages }: Session): Promise<ExplainResult> {
  const [group = '', fault] = id.split('/');
  const title = [...catalog.patterns, ...catalog.groups].find((entry) => entry.id === group)?.title ?? group;
  const page = await pages.read(group);
  if (page === undefined) return null;
  const markdown = fault === undefined ? page : pageSection(page, fault);
  return markdown === undefined ? null : { title: fault === undefined ? title : `${title}: ${fault}`, markdown };
}
