import type { SchemaIndex } from '../schema/schemaIndex.ts';
import { isInAction } from './isInAction.ts';
import { kubernetesCompletions } from './kubernetesCompletion.ts';
import { kubernetesExplanation } from './kubernetesHover.ts';
import type { Cursor, FeatureSource } from './languageFeatures.ts';
import { conventionsAt } from './manifests/conventions.ts';
import { yamlTyping } from './manifests/yamlTyping.ts';
import { maskedText } from './maskedText.ts';
import { workspaceSchemas } from './schemaInspection.ts';

/** What the schemas of Kubernetes and of custom resources say at a cursor in a manifest or chart template. */
export function kubernetesSource(bundle: SchemaIndex): FeatureSource {
  return {
    *completions({ file, offset, snapshot }) {
      const { source } = file.parsed;
      if (isInAction(file.parsed, offset)) return;
      yield* kubernetesCompletions(
        source,
        maskedText(file.parsed),
        offset,
        workspaceSchemas(bundle, snapshot.graph),
        () => conventionsAt(source.uri, snapshot.graph),
      );
    },
    explain({ file, offset, snapshot }: Cursor) {
      return kubernetesExplanation(file.parsed.roots, offset, workspaceSchemas(bundle, snapshot.graph));
    },
    formatTyped({ file, offset }, typed) {
      const { source } = file.parsed;
      if (file.parsed.language !== 'yaml' || /\.json$/i.test(source.uri)) return undefined;
      return yamlTyping(source, offset, typed);
    },
  };
}
