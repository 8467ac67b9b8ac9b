import { svg } from "../dom";
import { moved, zoomed, type Camera, type Point } from "./camera";
import { listen, STEP } from "./gestures";

/** A picture in SVG that keyboard, wheel and pointer move and zoom. */
export interface Stage {
  picture: SVGSVGElement;
  readonly camera: Camera;
  /** Look from there. */
  look: (camera: Camera) => void;
  nearer: () => void;
  farther: () => void;
  reset: () => void;
}

const FARTHEST = 0.5;

/** Make the picture. `width` and `height` are its own units; `redraw` is told each new view, `click` where it was clicked. */
export function stage(label: string, width: number, height: number, most: number, redraw: (camera: Camera) => void, click?: (at: Point) => void): Stage {
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", tabindex: 0, "aria-label": label });
  let camera: Camera = { scale: 1, x: 0, y: 0 };
  const look = (next: Camera) => {
    camera = next;
    redraw(camera);
  };
  const zoom = (factor: number, at: Point = { x: width / 2, y: height / 2 }) => look(zoomed(camera, factor, at, FARTHEST, most));
  const reset = () => look({ scale: 1, x: 0, y: 0 });
  const unit = () => width / (picture.getBoundingClientRect().width || width);
  listen(picture, { unit, zoom, reset, move: (x, y) => look(moved(camera, x, y)), ...(click ? { click } : {}) });
  return {
    picture,
    get camera() {
      return camera;
    },
    look,
    nearer: () => zoom(STEP),
    farther: () => zoom(1 / STEP),
    reset,
  };
}
