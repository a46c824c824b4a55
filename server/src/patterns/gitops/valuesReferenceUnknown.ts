import { isParameter, sourcesOf } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** `$name/…` means a file of the source with that `ref`. */
export const rule = applicationRule('values-reference-unknown', 'error', 'recommended', function* ({ resource, spec }) {
  const sources = spec.find('sources');
  const refs = new Set(sourcesOf(spec).map((source) => source.text('ref')));
  if (sources?.open) return;
  for (const source of sourcesOf(spec)) {
    for (const file of source.find('helm', 'valueFiles')?.items ?? []) {
      const name = /^\$([^/]+)\//.exec(file.text() ?? '')?.[1];
      if (name === undefined || refs.has(name) || isParameter(file.text()!)) continue;
      yield {
        at: file,
        message: `${describe(resource)} is not synchronised: none of its sources has the ref ${name}.`,
      };
    }
  }
});
