extension Scripts {
    /// Asks before an act that has a question, then lets it through.
    static let asking = #"""
        document.addEventListener("submit", (event) => {
          const form = event.target;
          const submitter = event.submitter;
          const question = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
          if (!question || form.dataset.agreed !== undefined) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          const go = button((submitter && submitter.textContent) || "继续", "primary", () => {
            dialog.close();
            form.dataset.agreed = "";
            form.requestSubmit(submitter);
            delete form.dataset.agreed;
          });
          const back = button("返回", "secondary", () => dialog.close());
          const dialog = open("请确认", make("p", question), [back, go]);
          back.focus();
        }, true);

        """#

    /// A form goes once, however often its button is pressed; and nobody loses what is typed by leaving.
    static let leaving = #"""
        const changed = new WeakSet();
        const sent = new WeakSet();
        document.addEventListener("submit", (event) => {
          const form = event.target;
          if (form.method !== "post") return;
          if (sent.has(form)) { event.preventDefault(); return; }
          sent.add(form);
          changed.delete(form);
          const pressed = event.submitter;
          if (pressed) setTimeout(() => pressed.setAttribute("aria-disabled", "true"), 0);
          // A download or a broken connection leaves the page standing: let the reader try again.
          setTimeout(() => { sent.delete(form); if (pressed) pressed.removeAttribute("aria-disabled"); }, 15000);
        });
        window.addEventListener("pageshow", (event) => {
          if (!event.persisted) return;
          all("form").forEach((form) => sent.delete(form));
          all("[aria-disabled=true]").forEach((element) => element.removeAttribute("aria-disabled"));
        });
        const guarded = all("form[data-guard]");
        guarded.forEach((form) => form.addEventListener("input", () => changed.add(form)));
        window.addEventListener("beforeunload", (event) => {
          if (guarded.some((form) => changed.has(form))) { event.preventDefault(); event.returnValue = ""; }
        });

        """#

    /// Saves the draft a moment after typing stops, and says so; never while the form is being sent.
    static let drafts = #"""
        all("form[data-draft]").forEach((form) => {
          const state = form.querySelector(".draft-state");
          const say = (text) => { if (state) state.textContent = text; };
          let edition = 0;
          const save = async () => {
            if (sent.has(form)) return;
            const saving = edition;
            try {
              const answer = await post(form, form.dataset.draft);
              if (!answer.ok) throw new Error(String(answer.status));
              const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
              say("草稿已自动保存 " + time);
              if (saving === edition) changed.delete(form);
            } catch (error) {
              say("草稿未能自动保存，请检查网络；先不要关闭本页");
            }
          };
          const soon = wait(2000, save);
          form.addEventListener("input", () => { edition += 1; soon(); });
        });

        """#

    /// The likely result, told again a moment after typing stops; an older answer never overtakes a newer one.
    static let estimates = #"""
        all("form[data-estimate]").forEach((form) => {
          const place = form.querySelector("[data-estimate-answer]") || document.querySelector("[data-estimate-answer]");
          if (!place) return;
          let asked = 0;
          const ask = async () => {
            const mine = asked += 1;
            place.setAttribute("aria-busy", "true");
            try {
              const answer = await post(form, form.dataset.estimate);
              if (!answer.ok) throw new Error(String(answer.status));
              const html = await answer.text();
              if (mine === asked) place.innerHTML = html;
            } catch (error) {
              if (mine === asked) place.replaceChildren(make("p", "暂时不能试算，请检查网络后再填；已填的内容不受影响。"));
            } finally {
              if (mine === asked) place.removeAttribute("aria-busy");
            }
          };
          form.addEventListener("input", wait(600, ask));
        });

        """#

    /// Adding or removing a row reloads the page; it comes back where the reader was, in the new row.
    static let places = #"""
        const place = (address) => "place:" + new URL(address, location.href).pathname;
        document.addEventListener("submit", (event) => {
          const pressed = event.submitter && event.submitter.name;
          if (pressed !== "_add" && pressed !== "_remove") return;
          remembered.set(place(event.submitter.formAction), JSON.stringify({ y: window.scrollY, added: pressed === "_add" ? event.submitter.value : null }));
        });
        const kept = remembered.take(place(""));
        if (kept && !document.querySelector(".errors")) {
          const { y, added } = JSON.parse(kept);
          // After the browser has gone to the address's own fragment, which serves readers without scripts.
          const settle = () => setTimeout(() => {
            window.scrollTo({ top: y, behavior: "instant" });
            const list = added && document.getElementById("f-" + added);
            const row = list && Array.from(list.children).filter((child) => child.classList.contains("row")).pop();
            const box = row && row.querySelector("input:not([type=hidden]), select, textarea");
            if (box) box.focus({ preventScroll: true });
          }, 0);
          if (document.readyState === "complete") settle(); else window.addEventListener("load", settle);
        }

        """#
}
