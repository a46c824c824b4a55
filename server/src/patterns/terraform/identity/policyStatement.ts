import type { Place, SourceNode } from '../../../text/sourceNode.ts';

/** Texts of a list, or a single text, as far as they are known. */
export interface Texts {
  readonly known: readonly string[];
  readonly nodes: readonly SourceNode[];
  /** Nothing beside `known` is there. */
  readonly isComplete: boolean;
}

/** One statement of a policy, the same whichever way it is written. */
export interface PolicyStatement {
  readonly place: Place;
  readonly allows: boolean;
  readonly denies: boolean;
  readonly actions: Texts;
  readonly notActions: Texts;
  readonly resources: Texts;
  /** Everybody that is named, with the kind of principal (`AWS`, `Service`, `Federated`, `*`). */
  readonly principals: readonly { readonly type: string; readonly names: Texts }[];
  readonly hasNotPrincipals: boolean;
  /** A condition narrows it, or may. */
  readonly hasConditions: boolean;
  /** Keys of the conditions, in lower case. */
  readonly conditionKeys: readonly string[];
}

/** A `statement` block of the data source of policies. */
export function documentStatement(node: SourceNode): PolicyStatement {
  const conditions = node.find('condition');
  return {
    place: node.keyPlace,
    allows: node.lacks('effect') || node.text('effect') === 'Allow',
    denies: node.text('effect') === 'Deny',
    actions: textsOf(node.find('actions')),
    notActions: textsOf(node.find('not_actions')),
    resources: textsOf(node.find('resources')),
    principals: (node.find('principals')?.items ?? []).map((item) => ({
      type: item.text('type') ?? '',
      names: textsOf(item.find('identifiers')),
    })),
    hasNotPrincipals: node.find('not_principals') !== undefined,
    hasConditions: conditions !== undefined,
    conditionKeys: (conditions?.items ?? []).flatMap((item) => item.text('variable')?.toLowerCase() ?? []),
  };
}

/** The statements of a policy in JSON. */
export function jsonStatements(policy: SourceNode | undefined): readonly PolicyStatement[] {
  const written = policy?.find('Statement');
  const statements = written?.kind === 'list' ? written.items : written ? [written] : [];
  return statements.filter(({ kind }) => kind === 'map').map(jsonStatement);
}

function jsonStatement(node: SourceNode): PolicyStatement {
  const principal = node.find('Principal');
  const condition = node.find('Condition');
  const operators = (condition?.entries ?? []).flatMap((operator) =>
    operator.entries.map(({ key }) => key?.toLowerCase() ?? ''),
  );
  return {
    place: (node.find('Effect') ?? node.entries[0] ?? node).keyPlace,
    allows: node.text('Effect') === 'Allow',
    denies: node.text('Effect') === 'Deny',
    actions: textsOf(node.find('Action')),
    notActions: textsOf(node.find('NotAction')),
    resources: textsOf(node.find('Resource')),
    principals:
      principal?.kind === 'map'
        ? principal.entries.map((entry) => ({ type: entry.key ?? '', names: textsOf(entry) }))
        : principal
          ? [{ type: '*', names: textsOf(principal) }]
          : [],
    hasNotPrincipals: node.find('NotPrincipal') !== undefined,
    hasConditions: condition !== undefined || node.open,
    conditionKeys: operators,
  };
}

function textsOf(node: SourceNode | undefined): Texts {
  if (!node) return { known: [], nodes: [], isComplete: true };
  const all = node.kind === 'list' ? node.items : [node];
  const nodes = all.filter(({ scalar }) => typeof scalar === 'string');
  return {
    known: nodes.map(({ scalar }) => String(scalar)),
    nodes,
    isComplete: !node.open && nodes.length === all.length,
  };
}

/** The text among these that is an asterisk, or that for the service and for what it does, where it is. */
export function everything({ nodes }: Texts): SourceNode | undefined {
  return nodes.find(({ scalar }) => scalar === '*' || scalar === '*:*');
}

/** Everybody: `"*"`, or `AWS = "*"`. */
export function everybody({ principals }: PolicyStatement): SourceNode | undefined {
  for (const { type, names } of principals) {
    const found = type === '*' || type === 'AWS' ? everything(names) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Whether an action that a policy writes, perhaps with `*` and `?`, covers a certain action. Letter case is not minded. */
export function covers(written: string, action: string): boolean {
  const pattern = written
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(action.toLowerCase());
}
