extension Scripts {
    /// What the modules share: finding, asking in a dialog, and a form as the server would receive it, without its files.
    static let shared = #"""
        const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
        const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
        const make = (tag, text) => { const element = document.createElement(tag); element.textContent = text || ""; return element; };
        const wait = (milliseconds, act) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, milliseconds); }; };
        const remembered = {
          get(key) { try { return sessionStorage.getItem(key); } catch (error) { return null; } },
          take(key) { const value = this.get(key); try { sessionStorage.removeItem(key); } catch (error) { return value; } return value; },
          set(key, value) { try { sessionStorage.setItem(key, value); } catch (error) { return; } }
        };
        const typed = (form) => {
          const body = new URLSearchParams();
          new FormData(form).forEach((value, name) => { if (typeof value === "string") body.append(name, value); });
          return body;
        };
        const post = (form, address) => fetch(address, {
          method: "POST", body: typed(form), credentials: "same-origin", headers: { "X-Requested-With": "fetch" }
        });
        const open = (heading, content, buttons) => {
          const dialog = document.createElement("dialog");
          const title = make("h2", heading);
          title.id = "dialog-heading";
          dialog.setAttribute("aria-labelledby", title.id);
          const row = make("div");
          row.className = "buttons";
          buttons.forEach((button) => row.append(button));
          dialog.append(title, content, row);
          dialog.addEventListener("close", () => dialog.remove());
          document.body.append(dialog);
          dialog.showModal();
          return dialog;
        };
        const button = (title, kind, act) => {
          const element = make("button", title);
          element.type = "button";
          element.className = "button " + kind;
          element.addEventListener("click", act);
          return element;
        };

        """#

    /// `/` goes to the search box, `g` and a letter to a room, `?` shows the keys; printing; and the summary of errors takes the focus.
    static let keys = #"""
        let going = false;
        const roomLinks = all("[data-key]");
        const showKeys = () => {
          const list = make("dl");
          list.className = "facts";
          const line = (key, what) => {
            const pair = make("div");
            pair.append(make("dt", key), make("dd", what));
            list.append(pair);
          };
          if (document.querySelector("[data-search]")) line("/", "到搜索框");
          roomLinks.forEach((link) => line("g " + link.dataset.key, "到" + link.textContent));
          line("?", "显示这张表");
          line("Esc", "关闭");
          const dialog = open("快捷键", list, [button("关闭", "primary", () => dialog.close())]);
        };
        document.addEventListener("keydown", (event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
          if (typing(event.target) || document.querySelector("dialog[open]")) return;
          if (going) {
            going = false;
            const link = roomLinks.find((room) => room.dataset.key === event.key.toLowerCase());
            if (link) { event.preventDefault(); link.click(); }
            return;
          }
          const search = document.querySelector("[data-search]");
          if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); }
          else if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); }
          else if (event.key === "?") { event.preventDefault(); showKeys(); }
        });
        all("[data-focus]").slice(0, 1).forEach((element) => element.focus());
        all("[data-print]").forEach((element) => {
          element.hidden = false;
          element.addEventListener("click", () => window.print());
        });
        window.addEventListener("beforeprint", () => all("details:not([open])").forEach((details) => {
          details.open = true;
          details.dataset.wasFolded = "";
        }));
        window.addEventListener("afterprint", () => all("details[data-was-folded]").forEach((details) => {
          details.open = false;
          delete details.dataset.wasFolded;
        }));

        """#

    /// 适老 in place: the class on the page, and the cookie the server reads next time.
    static let comfort = #"""
        all("[data-elder]").forEach((link) => link.addEventListener("click", (event) => {
          event.preventDefault();
          const on = document.documentElement.classList.toggle("elder");
          document.cookie = "elder=" + (on ? "1" : "0") + "; path=/; max-age=31536000; samesite=lax";
          all("[data-elder]").forEach((other) => { other.textContent = on ? "标准字号" : "适老大字"; });
        }));

        """#
}
