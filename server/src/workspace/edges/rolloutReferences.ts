import type { SourceNode } from '../../text/sourceNode.ts';
import type { Edge, EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

const ANALYSIS_TYPES = ['argoproj.io/AnalysisTemplate'];
const CLUSTER_ANALYSIS_TYPES = ['argoproj.io/ClusterAnalysisTemplate'];

/** Argo Rollout → the Services that it switches and the AnalysisTemplates that judge it. */
export const rolloutReferences: EdgeFinder = {
  relation: 'switches',
  from: ['argoproj.io/Rollout'],
  *find(source, graph) {
    const { root } = source;
    for (const [strategy, fields] of [
      ['canary', ['stableService', 'canaryService']],
      ['blueGreen', ['activeService', 'previewService']],
    ] as const) {
      for (const field of fields)
        yield* edgeTo('switches', source, root.find('spec', 'strategy', strategy, field), ['Service'], graph);
    }
    for (const template of analysisTemplates(root)) {
      const types = template.boolean('clusterScope') === true ? CLUSTER_ANALYSIS_TYPES : ANALYSIS_TYPES;
      yield* edgeTo('judged-by', source, template.find('templateName'), types, graph) satisfies Iterable<Edge>;
    }
  },
};

/** Every `templates` item of a Rollout's analyses: background, per step, and before and after a blue-green switch. */
export function* analysisTemplates(root: SourceNode): Iterable<SourceNode> {
  const canary = root.find('spec', 'strategy', 'canary');
  const blueGreen = root.find('spec', 'strategy', 'blueGreen');
  const analyses = [
    canary?.find('analysis'),
    ...(canary?.find('steps')?.items.map((step) => step.find('analysis')) ?? []),
    blueGreen?.find('prePromotionAnalysis'),
    blueGreen?.find('postPromotionAnalysis'),
  ];
  for (const analysis of analyses) yield* analysis?.find('templates')?.items ?? [];
}
