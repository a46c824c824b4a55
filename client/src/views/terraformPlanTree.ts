import { type PlannedAction, type PlannedChange, planInWords, type TerraformPlan } from '../delivery/terraform/plan.ts';
import type { ViewItem } from './viewItem.ts';

/** Where the block of a change is written, by its address. */
export type ChangePlaces = ReadonlyMap<string, NonNullable<ViewItem['location']>>;

const ICONS: Readonly<Record<PlannedAction, NonNullable<ViewItem['icon']>>> = {
  create: { name: 'diff-added', color: 'gitDecoration.addedResourceForeground' },
  update: { name: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' },
  replace: { name: 'arrow-swap', color: 'gitDecoration.deletedResourceForeground' },
  delete: { name: 'diff-removed', color: 'gitDecoration.deletedResourceForeground' },
  read: { name: 'eye' },
  import: { name: 'cloud-download' },
  forget: { name: 'eye-closed' },
  move: { name: 'arrow-right' },
};

/** A plan as a tree: each object with what changes in it, then outputs, then what was changed outside of Terraform. */
export function terraformPlanTree(plan: TerraformPlan, folderName: string, places: ChangePlaces): readonly ViewItem[] {
  const group = (id: string, label: string, children: readonly ViewItem[]): ViewItem[] =>
    children.length === 0
      ? []
      : [{ id, label, description: String(children.length), icon: { name: 'list-tree' }, children }];
  return [
    { id: 'summary', label: folderName, description: planInWords(plan), icon: { name: 'checklist' }, children: [] },
    ...plan.changes.map((change, index) => changeItem(change, `change ${index}`, places)),
    ...group(
      'outputs',
      'Outputs',
      plan.outputs.map(({ after, before, name }) => ({
        id: name,
        label: name,
        description: `${before} → ${after}`,
        children: [],
      })),
    ),
    ...group(
      'drift',
      'Changed outside of Terraform',
      plan.drift.map((change, index) => changeItem(change, `drift ${index}`, places)),
    ),
  ];
}

function changeItem({ action, address, attributes }: PlannedChange, id: string, places: ChangePlaces): ViewItem {
  const location = places.get(address);
  return {
    id,
    label: address,
    description: action,
    icon: ICONS[action],
    ...(location ? { location } : {}),
    children: attributes.map(({ after, before, forcesReplacement, path }) => ({
      id: path,
      label: path,
      description: `${before} → ${after}${forcesReplacement ? ', forces replacement' : ''}`,
      ...(location ? { location } : {}),
      children: [],
    })),
  };
}
