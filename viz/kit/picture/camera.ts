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

/** The view of this scale that shows the point of the picture at `at`. */
export function aimed(point: Point, scale: number, at: Point): Camera {
  return { scale, x: at.x - point.x * scale, y: at.y - point.y * scale };
}
