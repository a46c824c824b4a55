/** What Terraform is going to do to one object. */
export type PlannedAction = 'create' | 'update' | 'replace' | 'delete' | 'read' | 'import' | 'forget' | 'move';

/** One attribute that a plan changes. Values are as a person may read them: what is sensitive is not among them. */
export interface AttributeChange {
  /** `spec[0].replicas`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The object has to be made anew because of it. */
  readonly forcesReplacement: boolean;
}

/** One object that a plan changes. */
export interface PlannedChange {
  /** `module.network.aws_vpc.main[0]`. */
  readonly address: string;
  readonly action: PlannedAction;
  readonly attributes: readonly AttributeChange[];
  /** Where it is written: the folder of its module, from the folder of the plan, and the block; undefined for modules from elsewhere. */
  readonly block:
    | { readonly folder: string; readonly kind: 'resource' | 'data'; readonly type: string; readonly name: string }
    | undefined;
}

/** A plan, ready to be shown. */
export interface TerraformPlan {
  readonly changes: readonly PlannedChange[];
  /** What was changed outside of Terraform since its last run. */
  readonly drift: readonly PlannedChange[];
  readonly outputs: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

interface Change {
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: unknown;
}

interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly change?: Change;
}

interface Module {
  readonly module_calls?: Readonly<Record<string, { readonly source?: string; readonly module?: Module }>>;
}

interface PlanJson {
  readonly format_version?: string;
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly configuration?: { readonly root_module?: Module };
}

const SENSITIVE = '(sensitive)';
const UNKNOWN = '(known after apply)';
const LONGEST_VALUE = 120;

/** Reads what `terraform show -json` prints of a plan. Undefined for anything else. */
export function parsePlan(root: unknown): TerraformPlan | undefined {
  const plan = root as PlanJson | null;
  if (typeof plan !== 'object' || plan === null || typeof plan.format_version !== 'string') return undefined;
  const changeOf = (resource: ResourceChange): PlannedChange[] => {
    const action = actionOf(resource);
    if (action === undefined) return [];
    const folder = folderOf(resource.module_address, plan.configuration?.root_module);
    const { name, type } = resource;
    const kind = resource.mode === 'data' ? 'data' : 'resource';
    const block = folder === undefined ? undefined : ({ folder, kind, type, name } as const);
    return [{ address: resource.address, action, attributes: attributesOf(resource.change ?? {}), block }];
  };
  return {
    changes: (plan.resource_changes ?? []).flatMap(changeOf),
    drift: (plan.resource_drift ?? []).flatMap(changeOf),
    outputs: Object.entries(plan.output_changes ?? {}).flatMap(([name, change]) => {
      const [first, ...more] = attributesOf({
        ...change,
        before: [change.before],
        after: [change.after],
        ...wrapped(change),
      });
      if (first === undefined) return [];
      const [before, after] = more.length === 0 && first.path === '[0]' ? [first.before, first.after] : ['', 'changed'];
      return [{ name, before, after }];
    }),
  };
}

/** `1 to import, 2 to add, 1 to change, 1 to destroy`, as Terraform counts: what is replaced is both added and destroyed. */
export function planInWords({ changes, outputs }: TerraformPlan): string {
  const count = (...actions: PlannedAction[]): number =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const parts = [
    [count('import'), 'to import'],
    [count('create', 'replace'), 'to add'],
    [count('update'), 'to change'],
    [count('delete', 'replace'), 'to destroy'],
    [count('forget'), 'to forget'],
    [count('move'), 'to move'],
    [outputs.length, outputs.length === 1 ? 'output to change' : 'outputs to change'],
  ] as const;
  return parts.flatMap(([number, what]) => (number === 0 ? [] : `${number} ${what}`)).join(', ') || 'nothing to change';
}

function actionOf({ address, change, previous_address: previous }: ResourceChange): PlannedAction | undefined {
  const actions = change?.actions ?? [];
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  if (actions.includes('create')) return 'create';
  if (actions.includes('delete')) return 'delete';
  if (actions.includes('update')) return 'update';
  if (actions.includes('forget')) return 'forget';
  if (actions.includes('read')) return 'read';
  if (change?.importing) return 'import';
  return previous !== undefined && previous !== address ? 'move' : undefined;
}

function attributesOf(change: Change): AttributeChange[] {
  const found: AttributeChange[] = [];
  const forced = new Set((change.replace_paths ?? []).map(pathText));
  const visit = (
    path: readonly (string | number)[],
    before: unknown,
    after: unknown,
    unknown: unknown,
    marks: readonly [unknown, unknown],
  ): void => {
    const isSecret = marks[0] === true || marks[1] === true;
    const isUnknown = unknown === true;
    const isNested =
      !isUnknown &&
      !isSecret &&
      [before, after].some(isContainer) &&
      (isContainer(before) || before == null) &&
      (isContainer(after) || after == null);
    if (isNested) {
      const keys = new Set([...keysOf(before), ...keysOf(after), ...keysOf(unknown)]);
      for (const key of keys) {
        const at = (value: unknown): unknown =>
          isContainer(value) ? (value as Record<string, unknown>)[key] : undefined;
        const step = Array.isArray(after) || Array.isArray(before) ? Number(key) : key;
        visit([...path, step], at(before), at(after), at(unknown), [at(marks[0]), at(marks[1])]);
      }
      return;
    }
    if (!isUnknown && JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return;
    const shown = pathText(path);
    found.push({
      path: shown,
      before: marks[0] === true || (isSecret && before != null) ? SENSITIVE : valueText(before),
      after: isUnknown ? UNKNOWN : isSecret ? SENSITIVE : valueText(after),
      forcesReplacement: [...forced].some(
        (start) => start === shown || shown.startsWith(`${start}.`) || shown.startsWith(`${start}[`),
      ),
    });
  };
  visit([], change.before, change.after, change.after_unknown, [change.before_sensitive, change.after_sensitive]);
  return found;
}

/** The values of an output stand bare; the walk wants them in something. */
function wrapped({ after_unknown, after_sensitive, before_sensitive }: Change): Partial<Change> {
  return { after_unknown: [after_unknown], after_sensitive: [after_sensitive], before_sensitive: [before_sensitive] };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function keysOf(value: unknown): string[] {
  return isContainer(value) ? Object.keys(value) : [];
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** The folder of a module's files, from the root's; undefined for modules of a registry or a repository. */
function folderOf(moduleAddress: string | undefined, root: Module | undefined): string | undefined {
  const names = (moduleAddress ?? '').match(/module\.[^.[]+/g)?.map((step) => step.slice('module.'.length)) ?? [];
  let module = root;
  const folders: string[] = [];
  for (const name of names) {
    const call = module?.module_calls?.[name];
    if (!call?.source || !/^\.\.?(?:\/|$)/.test(call.source)) return undefined;
    folders.push(call.source);
    module = call.module;
  }
  return folders.join('/');
}
