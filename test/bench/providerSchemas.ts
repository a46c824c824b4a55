import { providerFiles } from '../../server/src/host/providerFiles.ts';
import { BundledProvider } from '../../server/src/schema/terraform/bundledProvider.ts';

/** What the schema of one Terraform provider costs, in milliseconds; each part is paid when it is first needed. */
export interface ProviderSchemaRow {
  readonly provider: string;
  readonly types: number;
  /** Reading which types there are. */
  readonly indexMilliseconds: number;
  /** Reading the bodies and the first of them. */
  readonly firstTypeMilliseconds: number;
  /** Each further type, on average over all of them. */
  readonly typeMilliseconds: number;
  /** Reading the texts, with the first hover. */
  readonly textsMilliseconds: number;
}

/** Reads every type of every provider that was built. `program` is the URL of a program beside `schemas/`. */
export function measureProviderSchemas(program: string): ProviderSchemaRow[] {
  const files = providerFiles(program);
  return files.names.map((name) => {
    const provider = new BundledProvider(name, files);
    const timed = (work: () => void): number => {
      const started = performance.now();
      work();
      return performance.now() - started;
    };
    const read = (type: string): void => void provider.find('resource', type)!.body;
    let types: readonly string[] = [];
    const indexMilliseconds = timed(() => {
      types = provider.types('resource');
    });
    const [first, ...others] = types;
    const firstTypeMilliseconds = timed(() => read(first!));
    const all = timed(() => others.forEach(read));
    const textsMilliseconds = timed(() => {
      for (const { text } of provider.find('resource', first!)!.body.members.values()) text.length;
    });
    return {
      provider: `${name} ${provider.version}`,
      types: types.length,
      indexMilliseconds,
      firstTypeMilliseconds,
      typeMilliseconds: others.length === 0 ? 0 : all / others.length,
      textsMilliseconds,
    };
  });
}
