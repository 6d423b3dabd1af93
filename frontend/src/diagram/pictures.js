// The drawing as a picture to keep or to print.
const SCALE = 2; // dots for each unit of the drawing

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** Keep the drawing as an SVG file. */
export async function keepSvg(modeler, name) {
  const { svg } = await modeler.saveSVG();
  keep(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`);
}

/** Keep the drawing as a PNG file. */
export async function keepPng(modeler, name) {
  const { svg } = await modeler.saveSVG();
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * SCALE;
  canvas.height = picture.height * SCALE;
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => keep(blob, `${name}.png`), "image/png");
}
