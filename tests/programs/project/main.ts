import { area, type Rectangle } from "./shapes";

const rectangle: Rectangle = { width: 6, height: 7 };
console.log("area", area(rectangle));
