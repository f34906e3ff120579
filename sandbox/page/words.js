// Every word of the page, in one place, and the way a date is said in Vietnamese.

export const WORDS = {
  tagline: "Telegram giả, người mẫu, không gửi gì ra ngoài",
  clock: "Đồng hồ",
  next: "Lần nhắc kế tiếp",
  morning: "Sáng hôm sau",
  date: "Chuyển đồng hồ đến ngày",
  go: "Đến ngày",
  play: "Chạy hết năm",
  stop: "Dừng",
  nextReminder: "Nhắc kế tiếp: {day}",
  noReminder: "Không còn lần nhắc nào",
  moving: "▶ {words}",
  people: "Người và nhóm",
  filter: "Tìm người, đơn vị",
  nobody: "Không tìm thấy ai.",
  unread: "{count} tin chưa đọc",
  fresh: "Chưa bấm Bắt đầu",
  members: "{count} thành viên và {bot}",
  phone: "Điện thoại",
  pick: "Chọn một người hoặc nhóm trong danh sách để mở điện thoại của họ.",
  back: "Về danh sách",
  messages: "Tin nhắn",
  nothing: "Chưa có tin nào.",
  earlier: "Xem {count} tin cũ hơn",
  newest: "Đến tin mới nhất",
  notStarted: "Người này chưa bấm Bắt đầu nên bot chưa nhắn được.",
  invite: "Mã hoặc đường dẫn mời (nếu có)",
  start: "Bắt đầu",
  openAs: "Ai mở đường dẫn mời này?",
  speaker: "Người gửi",
  write: "Nhắn tin",
  caption: "Chú thích",
  attach: "Đính kèm ảnh, tệp",
  commands: "Lệnh của bot",
  send: "Gửi",
  asDocument: "Gửi ảnh dạng tệp",
  drop: "Thả ảnh, tệp vào đây",
  remove: "Bỏ {name}",
  tooMany: "Mỗi lần gửi nhiều nhất {count} tệp.",
  reply: "Trả lời",
  replyEnd: "Thôi trả lời",
  edited: "đã sửa",
  forwarded: "Chuyển tiếp từ {name}",
  photo: "Ảnh",
  openPhoto: "Xem ảnh cỡ lớn",
  save: "Tải {name}",
  spoiler: "Nội dung ẩn, bấm để xem",
  new_chat_members: "{names} vào nhóm",
  left_chat_member: "{names} rời nhóm",
  migrate_to_chat_id: "Nhóm đã thành siêu nhóm",
  migrate_from_chat_id: "Siêu nhóm được tạo từ nhóm cũ",
  desk: "Trang theo dõi",
  calls: "Lệnh gọi Bot API",
  noCalls: "Chưa có lệnh nào.",
  dropped: "đứt kết nối",
  close: "Đóng",
  offline: "Mất kết nối với bản thử, đang thử lại…",
};

const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

/** The words under `key` with {names} filled in. */
export function say(key, values = {}) {
  return WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Puts the words where the page asks for them: text, accessible name, hint in a field. */
export function fill(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = WORDS[node.dataset.word];
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", WORDS[node.dataset.label]);
    if (node.matches("button")) node.title = WORDS[node.dataset.label];
  }
  for (const node of root.querySelectorAll("[data-hint]")) node.placeholder = WORDS[node.dataset.hint];
}

/** A wall clock time from the server, as a Date whose UTC fields are that clock's, wherever the browser stands. */
export function wall(iso) {
  return new Date(`${iso.slice(0, 19)}${iso.length > 10 ? "" : "T00:00:00"}Z`);
}

const two = (number) => String(number).padStart(2, "0");

/** "thứ Ba, 14/01/2020" */
export function dayOf(date) {
  return `${WEEKDAYS[date.getUTCDay()]}, ${shortDay(date)}/${date.getUTCFullYear()}`;
}

/** "14/01" */
export function shortDay(date) {
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;
}

/** "08:05" */
export function timeOf(date) {
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** "12 KB", as phones say it */
export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${size.toLocaleString("vi", { maximumFractionDigits: 1 })} ${unit}`;
}
