import { seen, type Camera } from "./camera";
import type { Picture } from "./marks";

/** A picture as a camera sees it, everything in it larger or smaller alike. */
export function through(picture: Picture, camera: Camera): Picture {
  const { scale } = camera;
  if (scale === 1 && !camera.x && !camera.y) return picture;
  const at = <P extends { x: number; y: number }>(thing: P): P => ({ ...thing, ...seen(camera, thing) });
  return {
    ...picture,
    areas: (picture.areas ?? []).map((area) => ({ ...at(area), rx: area.rx * scale, ry: area.ry * scale, hole: area.hole * scale, rim: area.rim * scale })),
    strokes: picture.strokes.map((stroke) => {
      const [from, to] = [seen(camera, { x: stroke.x1, y: stroke.y1 }), seen(camera, { x: stroke.x2, y: stroke.y2 })];
      const dashes = stroke.dashes && ([stroke.dashes[0] * scale, stroke.dashes[1] * scale] as const);
      return { ...stroke, x1: from.x, y1: from.y, x2: to.x, y2: to.y, width: stroke.width * scale, dashes };
    }),
    marks: picture.marks.map((mark) => ({ ...at(mark), r: mark.r * scale, edgeWidth: mark.edgeWidth * scale, ...(mark.half === undefined ? {} : { half: mark.half * scale }) })),
    texts: picture.texts.map((text) => ({ ...at(text), size: text.size * scale })),
  };
}

/** What of a picture stands for some things, with the areas it lies on. */
export function only(picture: Picture, ids: ReadonlySet<string>): Picture {
  const isOf = ({ id }: { id: string }) => ids.has(id);
  return { ...picture, strokes: picture.strokes.filter(isOf), marks: picture.marks.filter(isOf), texts: picture.texts.filter(isOf) };
}
