/** Makes etcd forget every revision before the present one, through its JSON gateway. */
export async function expireHistory(etcdPort: number): Promise<void> {
  const call = async (method: string, body: object): Promise<{ header: { revision: string } }> => {
    const answer = await fetch(`http://127.0.0.1:${etcdPort}/v3/kv/${method}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`etcd refuses ${method}: ${await answer.text()}`);
    return (await answer.json()) as { header: { revision: string } };
  };
  const anyKey = Buffer.from('\0').toString('base64');
  const { header } = await call('range', { key: anyKey, limit: 1 });
  await call('compaction', { revision: header.revision, physical: true });
}
