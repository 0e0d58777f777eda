/** Ways round in a graph of who needs whom. */

/** One shortest way round for each knot of the graph, first and last the same; a node that needs itself is one. */
export function findCycles(needs: ReadonlyMap<string, Iterable<string>>): readonly (readonly string[])[] {
  const graph = new Map([...needs].map(([node, others]) => [node, [...new Set(others)].filter((other) => needs.has(other))]));
  const cycles: (readonly string[])[] = [];
  for (const knot of knotsOf(graph)) {
    const first = knot.toSorted()[0] ?? '';
    const path = shortestRound(first, new Set(knot), graph);
    if (path !== null) cycles.push(path);
  }
  return cycles.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

/** Strongly connected components (Tarjan), without recursion: a chain may be as long as the template. */
function knotsOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const knots: string[][] = [];
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const work: { node: string; next: number }[] = [{ node: root, next: 0 }];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { node } = frame;
      if (frame.next === 0) {
        order.set(node, order.size);
        low.set(node, order.get(node) ?? 0);
        stack.push(node);
        onStack.add(node);
      }
      const other = graph.get(node)?.[frame.next++];
      if (other !== undefined) {
        if (!order.has(other)) work.push({ node: other, next: 0 });
        else if (onStack.has(other)) low.set(node, Math.min(low.get(node) ?? 0, order.get(other) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
      if (low.get(node) !== order.get(node)) continue;
      const knot = stack.splice(stack.lastIndexOf(node));
      for (const one of knot) onStack.delete(one);
      if (knot.length > 1 || graph.get(node)?.includes(node)) knots.push(knot);
    }
  }
  return knots;
}

function shortestRound(
  start: string,
  within: ReadonlySet<string>,
  graph: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  const from = new Map<string, string>();
  let level = [start];
  while (level.length > 0) {
    const next: string[] = [];
    for (const node of level) {
      for (const other of graph.get(node) ?? []) {
        if (other === start) {
          const path = [start];
          for (let at = node; at !== start; at = from.get(at) ?? start) path.unshift(at);
          return [start, ...path];
        }
        if (!within.has(other) || from.has(other)) continue;
        from.set(other, node);
        next.push(other);
      }
    }
    level = next;
  }
  return null;
}
