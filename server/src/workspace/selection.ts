import type { SourceNode } from '../text/sourceNode.ts';
import type { Ternary } from './resourceGraph.ts';

/**
 * Whether `labels` carry every pair of the plain selector map (`Service.spec.selector`, `matchLabels`). Undefined where
 * a template writes on either side. An absent selector selects nothing, an empty one everything.
 */
export function matchesLabels(selector: SourceNode | undefined, labels: SourceNode | undefined): Ternary {
  if (!selector || (selector.kind === 'scalar' && selector.scalar === null)) return false;
  if (selector.kind === 'unknown') return undefined;
  let certain = !selector.open;
  for (const wanted of selector.entries) {
    const one = matchesPair(wanted, labels);
    if (one === false) return false;
    if (one === undefined) certain = false;
  }
  return certain ? true : undefined;
}

/**
 * Whether controllers, not pod templates, put this label on pods: the name and index of a StatefulSet's pod, the job of a Job's,
 * the revision of every other.
 */
export function isSetByController(label: string): boolean {
  return SET_BY_CONTROLLERS.test(label);
}

const SET_BY_CONTROLLERS =
  /^(?:statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|(?:batch\.kubernetes\.io\/)?(?:job-name|controller-uid)|batch\.kubernetes\.io\/job-completion-index|(?:rollouts-)?pod-template-hash|controller-revision-hash|pod-template-generation)$/;

function matchesPair(wanted: SourceNode, labels: SourceNode | undefined): Ternary {
  const key = wanted.key ?? '';
  const actual = labels?.child(key);
  if (!actual) return labels?.open || isSetByController(key) ? undefined : false;
  if (wanted.kind === 'unknown' || actual.kind === 'unknown') return sameTemplate(wanted, actual) ? true : undefined;
  return String(wanted.scalar ?? '') === String(actual.scalar ?? '');
}

/** The same template text renders to the same value within one chart. */
function sameTemplate(a: SourceNode, b: SourceNode): boolean {
  return a.kind === 'unknown' && b.kind === 'unknown' && a.source.slice(a.span) === b.source.slice(b.span);
}

/** A Kubernetes LabelSelector (`matchLabels` and `matchExpressions`); empty selects everything, absent nothing. */
export function matchesLabelSelector(selector: SourceNode | undefined, labels: SourceNode | undefined): Ternary {
  if (!selector) return false;
  if (selector.kind === 'unknown') return undefined;
  let result: Ternary = selector.open ? undefined : true;
  const matchLabels = selector.find('matchLabels');
  const parts = [
    ...(matchLabels ? [matchesLabels(matchLabels, labels)] : []),
    ...(selector.find('matchExpressions')?.items.map((expression) => matchesExpression(expression, labels)) ?? []),
  ];
  for (const part of parts) {
    if (part === false) return false;
    if (part === undefined) result = undefined;
  }
  return result;
}

function matchesExpression(expression: SourceNode, labels: SourceNode | undefined): Ternary {
  const key = expression.text('key');
  const operator = expression.text('operator');
  if (key === undefined || operator === undefined) return undefined;
  const label = labels?.child(key);
  if (!label && labels?.open) return undefined;
  if (operator === 'Exists') return label !== undefined;
  if (operator === 'DoesNotExist') return label === undefined;
  const values = expression.find('values');
  if (!values?.known || label?.kind === 'unknown') return undefined;
  const inValues = label !== undefined && values.items.some((value) => value.text() === label.text());
  if (operator === 'In') return inValues;
  if (operator === 'NotIn') return !inValues;
  return undefined;
}

/** Two namespaces agree when they are equal or one of them is left to the deployment. */
export function namespacesAgree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
