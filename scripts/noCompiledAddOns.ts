import type { Plugin } from 'esbuild';

/**
 * Leaves compiled add-ons out of a bundle: optional accelerators of packages that also work without. npm may or may not
 * have been able to compile them here, and the bundle must not differ by that. What is left out fails when it is asked
 * for, as a package that is not installed does, and whoever asks is prepared for it.
 */
export const noCompiledAddOns: Plugin = {
  name: 'no compiled add-ons',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^cpu-features$|\.node$/ }, ({ path }) => ({ path, namespace: 'not-compiled' }));
    onLoad({ filter: /./, namespace: 'not-compiled' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is left out.`)});`,
    }));
  },
};
