/** What wants to stand in a column, in its order: so high, and with its middle as near to `y` as can be. */
export interface Item {
  y: number;
  height: number;
}

interface Block {
  items: Item[];
  height: number;
  top: number;
}

/** The middles of the items of a column between two heights: none over another, none moved more than order and room ask for. Blocks that touch are pooled, and a block stands where its items want it on the whole. */
export function stacked(items: readonly Item[], top: number, bottom: number): number[] {
  const blocks: Block[] = [];
  for (const item of items) {
    let block = held({ items: [item], height: item.height, top: item.y - item.height / 2 }, top, bottom);
    for (let above = blocks.at(-1); above && above.top + above.height > block.top; above = blocks.at(-1)) {
      blocks.pop();
      block = held(pooled(above, block), top, bottom);
    }
    blocks.push(block);
  }
  return blocks.flatMap(middles);
}

function held(block: Block, top: number, bottom: number): Block {
  return { ...block, top: Math.min(Math.max(block.top, top), Math.max(top, bottom - block.height)) };
}

function pooled(above: Block, below: Block): Block {
  const [many, more] = [above.items.length, below.items.length];
  const top = (above.top * many + (below.top - above.height) * more) / (many + more);
  return { items: [...above.items, ...below.items], height: above.height + below.height, top };
}

function middles({ items, top }: Block): number[] {
  let y = top;
  return items.map(({ height }) => (y += height) - height / 2);
}
