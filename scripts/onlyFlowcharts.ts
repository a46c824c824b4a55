import type { Plugin } from 'esbuild';

/** Parts of Mermaid that are loaded when a diagram needs them, and that a flowchart needs. */
const NEEDED = /\/(?:flowDiagram|dagre)-[^/]*\.mjs$/;

/**
 * Leaves out of a bundle what Mermaid loads for diagrams that nobody draws here: 4 of its 5 MB. What is left out fails when
 * it is asked for, as a diagram of an unknown kind does.
 */
export const onlyFlowcharts: Plugin = {
  name: 'only flowcharts',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /./ }, ({ importer, kind, path }) =>
      kind === 'dynamic-import' && /[\\/]mermaid[\\/]dist[\\/]/.test(importer) && !NEEDED.test(path)
        ? { path, namespace: 'left-out' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is left out.`)});`,
    }));
  },
};
