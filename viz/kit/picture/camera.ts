/** Where a picture is looked at from: a point p of it is seen at p · scale + (x, y). */
export interface Camera {
  scale: number;
  x: number;
  y: number;
}

/** The size of a picture in its own units. */
export interface Frame {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The view `factor` times nearer; what is seen at `at` stays there. */
export function zoomed(camera: Camera, factor: number, at: Point, least: number, most: number): Camera {
  const scale = Math.min(most, Math.max(least, camera.scale * factor));
  return { scale, x: at.x - ((at.x - camera.x) * scale) / camera.scale, y: at.y - ((at.y - camera.y) * scale) / camera.scale };
}

export function moved(camera: Camera, x: number, y: number): Camera {
  return { ...camera, x: camera.x + x, y: camera.y + y };
}

export function seen({ scale, x, y }: Camera, point: Point): Point {
  return { x: point.x * scale + x, y: point.y * scale + y };
}

/** The point of the picture that is seen at `at`. */
export function under({ scale, x, y }: Camera, at: Point): Point {
  return { x: (at.x - x) / scale, y: (at.y - y) / scale };
}

/** What is left of a frame within its edges: never nothing, since a page in a hidden frame has no size and no scale may be zero. */
export function within(frame: Frame, across: number, down: number): Frame {
  return { width: Math.max(1, frame.width - across), height: Math.max(1, frame.height - down) };
}

/** The view of this scale that shows the point of the picture at `at`. */
export function aimed(point: Point, scale: number, at: Point): Camera {
  return { scale, x: at.x - point.x * scale, y: at.y - point.y * scale };
}

/** The smallest box around all; undefined around nothing. */
export function around(boxes: readonly Box[]): Box | undefined {
  const [first, ...rest] = boxes;
  return first && rest.reduce((all, box) => ({
    left: Math.min(all.left, box.left), top: Math.min(all.top, box.top), right: Math.max(all.right, box.right), bottom: Math.max(all.bottom, box.bottom),
  }), first);
}
