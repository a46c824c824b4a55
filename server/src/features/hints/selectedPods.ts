import { podSelectors } from '../manifests/podSelectors.ts';
import { podsAsList, podsInWords } from '../manifests/podsInWords.ts';
import type { HintFinder } from './hintFinder.ts';

/** What each selector picks now. */
export const selectedPods: HintFinder = {
  *find(resource, graph) {
    for (const { at, select } of podSelectors(resource, graph)) {
      const selection = select();
      const words = podsInWords(selection, graph);
      if (words !== undefined)
        yield { at, label: `→ ${words}`, tooltip: () => podsAsList(selection, graph) || undefined };
    }
  },
};
