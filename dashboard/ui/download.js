// Saves a file that Python sends, once, and says so.

const saved = new Set();

export default function ({ data, setTriggerValue }) {
  if (saved.has(data.id)) return;
  saved.add(data.id);
  const bytes = Uint8Array.from(atob(data.b64), (sign) => sign.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: data.kind }));
  link.download = data.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  setTriggerValue("saved", data.id);
}
