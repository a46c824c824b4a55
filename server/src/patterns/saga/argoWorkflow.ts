import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** A name of a template, where it is called. */
export interface TemplateCall {
  readonly at: SourceNode;
  readonly name: string;
  /** The template that calls; undefined for the workflow itself. */
  readonly caller: SourceNode | undefined;
  /** The call is the work of a handler at the end of the workflow. */
  readonly isHandler: boolean;
}

/** A workflow of Argo, read for its steps. */
export interface Workflow {
  readonly spec: SourceNode;
  readonly templates: ReadonlyMap<string, SourceNode>;
  readonly calls: readonly TemplateCall[];
  /** Templates may be there that could not be read. */
  readonly isOpen: boolean;
}

const UNDOING = /undo|compensat|refund|cancel|revert|roll-?back|release|restore|reverse|unreserve/i;

export function workflowOf({ type, root }: Resource): Workflow | undefined {
  const spec = root.find('spec', ...(type === 'argoproj.io/CronWorkflow' ? ['workflowSpec'] : []));
  const list = spec?.find('templates');
  if (!spec || list?.kind !== 'list') return undefined;
  const templates = new Map(
    list.items.flatMap((item) => (item.text('name') === undefined ? [] : [[item.text('name')!, item] as const])),
  );
  const isOpen = list.open || templates.size < list.items.length || !spec.lacks('workflowTemplateRef');
  return { spec, templates, calls: [...callsIn(spec, list.items)], isOpen };
}

function* callsIn(spec: SourceNode, templates: readonly SourceNode[]): Iterable<TemplateCall> {
  const call = (at: SourceNode | undefined, caller: SourceNode | undefined, isHandler: boolean): TemplateCall[] => {
    const name = at?.text();
    // Parameters fill in what stands in braces.
    return !at || name === undefined || name.includes('{{') ? [] : [{ at, name, caller, isHandler }];
  };
  yield* call(spec.find('entrypoint'), undefined, false);
  yield* call(spec.find('onExit'), undefined, true);
  for (const hook of spec.find('hooks')?.entries ?? []) yield* call(hook.find('template'), undefined, true);
  for (const template of templates) {
    const tasks = [
      ...(template.find('dag', 'tasks')?.items ?? []),
      ...(template.find('steps')?.items ?? []).flatMap((group) => group.items),
    ];
    for (const task of tasks) {
      yield* call(task.find('template'), template, false);
      yield* call(task.find('onExit'), template, true);
      for (const hook of task.find('hooks')?.entries ?? []) yield* call(hook.find('template'), template, true);
    }
  }
}

/** The templates that do work themselves, and that are called from the one named, however deep. */
export function leavesFrom(workflow: Workflow, names: readonly string[]): readonly SourceNode[] {
  const seen = new Set<SourceNode>();
  const pending = [...names];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const template = workflow.templates.get(name);
    if (!template || seen.has(template)) continue;
    seen.add(template);
    for (const call of workflow.calls) if (call.caller === template) pending.push(call.name);
  }
  return [...seen].filter((template) =>
    ['container', 'script', 'http', 'resource', 'containerSet'].some((kind) => template.find(kind)),
  );
}

/** What a workflow does in turn, and what undoes it. */
export interface WorkflowSaga {
  readonly steps: readonly SourceNode[];
  readonly compensations: readonly SourceNode[];
}

/**
 * The working templates of a workflow. Those are compensations that only handlers of failures call, and whose names, or the
 * name of a template on the way, say that something is undone; a message at the end is none.
 */
export function workflowSaga(workflow: Workflow): WorkflowSaga {
  const entry = workflow.calls
    .filter(({ caller, isHandler }) => caller === undefined && !isHandler)
    .map(({ name }) => name);
  const plain = leavesFrom(workflow, entry);
  const handlers = workflow.calls.filter(({ isHandler }) => isHandler).map(({ name }) => name);
  // Without a handler, a task that depends on a failure may undo.
  const afterFailures = workflow.calls.filter(({ at }) => isAfterFailure(at.parent)).map(({ name }) => name);
  const compensations = leavesFrom(workflow, [...handlers, ...afterFailures]).filter((leaf) =>
    UNDOING.test(leaf.text('name') ?? ''),
  );
  return { steps: plain.filter((leaf) => !compensations.includes(leaf)), compensations };
}

/** `depends: "pay.Failed"`, `when: "{{tasks.pay.status}} == Failed"`. */
function isAfterFailure(task: SourceNode | undefined): boolean {
  return (
    /\.(?:Failed|Errored|AnyFailed)\b/.test(task?.text('depends') ?? '') ||
    /\bstatus\b.*(?:Failed|Error|!=\s*Succeeded)/.test(task?.text('when') ?? '')
  );
}
