import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { DocumentReview } from '../delivery/review.ts';
import type { Apply, UpgradeRelease } from '../delivery/step.ts';
import { nameOf, type ReviewDocuments } from '../views/reviewDocuments.ts';

const ICONS: Readonly<Record<DocumentReview['change'], string>> = {
  create: '$(diff-added)',
  update: '$(diff-modified)',
  unchanged: '$(circle-outline)',
  unchecked: '$(question)',
  delete: '$(diff-removed)',
};

interface ReviewItem extends QuickPickItem {
  readonly review?: DocumentReview;
  readonly applies?: boolean;
}

/** A change of live objects that is no delivery, and is reviewed like one. */
export interface ReviewedEdit {
  readonly kind: 'edit';
  readonly context: string;
  readonly namespace: string;
  /** What a yes does, where that is more than the changes that are shown. */
  readonly act?: string;
}

/**
 * Shows what the API server would do with every document and asks whether to do it. Each document opens its diff while the
 * question stays, and is closed with it; anything but a plain yes is a no.
 */
export async function askReview(
  step: Apply | UpgradeRelease | ReviewedEdit,
  reviews: readonly DocumentReview[],
  documents: ReviewDocuments,
): Promise<boolean> {
  const { context, namespace } = step;
  documents.hold(context, reviews);
  const picker = window.createQuickPick<ReviewItem>();
  picker.title = `Review: context ${context}, namespace ${namespace}`;
  picker.placeholder = 'Select a document to see its changes, or apply them all';
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  const items = reviewItems(step, reviews);
  picker.items = items;
  // The question may come up while somebody types: a stray Enter opens a diff, it never applies.
  const harmless = items.find(({ review }) => review !== undefined) ?? items.find(({ applies }) => applies === false);
  if (harmless) picker.activeItems = [harmless];
  const isApproved = await new Promise<boolean>((resolve) => {
    picker.onDidAccept(async () => {
      const [item] = picker.selectedItems;
      if (item?.review) {
        await documents.open(context, item.review);
        picker.show();
        return;
      }
      resolve(item?.applies ?? false);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(false);
      picker.dispose();
    });
    picker.show();
  });
  await documents.close();
  return isApproved;
}

function reviewItems(step: Apply | UpgradeRelease | ReviewedEdit, reviews: readonly DocumentReview[]): ReviewItem[] {
  const { context, namespace } = step;
  const force = step.kind === 'apply' && step.force;
  const act = step.kind === 'edit' ? step.act : undefined;
  const changes = reviews.filter(({ change }) => change !== 'unchanged').length;
  const separator = (label: string): ReviewItem => ({ label, kind: QuickPickItemKind.Separator });
  return [
    {
      label: `$(rocket) ${act ?? `Apply ${changes} ${changes === 1 ? 'change' : 'changes'} to ${context}`}`,
      description: `namespace ${namespace}${force ? ', taking over the fields of others' : ''}`,
      alwaysShow: true,
      applies: true,
    },
    {
      label: act === undefined ? '$(close) Apply nothing' : '$(close) Change nothing',
      alwaysShow: true,
      applies: false,
    },
    separator('Changes'),
    ...reviews.map((review): ReviewItem => {
      const fields = review.conflicts.map(({ field, owner }) => `${field} of ${owner}`).join(', ');
      const detail = [review.owner?.warning, fields === '' ? undefined : `takes over ${fields}`]
        .filter(Boolean)
        .join(' ');
      return {
        label: `${ICONS[review.change]} ${nameOf(review)}`,
        description: review.change,
        ...(detail === '' ? {} : { detail }),
        review,
      };
    }),
  ];
}
