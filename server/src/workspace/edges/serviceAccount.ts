import { WORKLOAD_TYPES, workloadOf } from '../kubernetes/workload.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

/** Workload → the ServiceAccount that its pods run as. `default` exists in every namespace and is no reference. */
export const serviceAccount: EdgeFinder = {
  relation: 'runs-as',
  from: WORKLOAD_TYPES,
  *find(source, graph) {
    const name = workloadOf(source)?.podSpec?.find('serviceAccountName');
    if (name?.text() === 'default') return;
    yield* edgeTo('runs-as', source, name, ['ServiceAccount'], graph);
  },
};
