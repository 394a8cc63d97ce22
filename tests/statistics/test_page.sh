#!/bin/sh
# Asks a browser about the pages that statistics.report wrote: does it fit a telephone and a desk, load nothing, and
# say nothing to the console? 77 where there is no browser.
#     test_page.sh PAGE...
set -eu
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || exit 77
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

cat >"$folder/look.html" <<'END'
<script>
addEventListener("load", () => {
    const wide = document.documentElement.clientWidth, out = [];
    if (document.documentElement.scrollWidth > wide) { out.push("the page is wider than its window"); }
    for (const element of document.querySelectorAll("main *")) {
        const box = element.getBoundingClientRect();
        if (box.width > 0 && box.right > wide + 1) { out.push(element.tagName + " ends at " + box.right); }
    }
    for (const text of document.querySelectorAll("svg text")) {
        const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
        if (getComputedStyle(text).display !== "none" && size < 9) { out.push("text of " + size + " px"); break; }
    }
    const loaded = performance.getEntriesByType("resource").filter(entry => !entry.name.startsWith("data:"));
    if (loaded.length > 0) { out.push("it loads " + loaded[0].name); }
    if (document.querySelectorAll("svg rect").length < 50) { out.push("charts are missing"); }
    let level = 1;
    for (const heading of document.querySelectorAll("h1, h2, h3")) {
        const own = Number(heading.tagName[1]);
        if (own > level + 1) { out.push("a heading is left out before " + heading.textContent); }
        level = own;
    }
    for (const link of document.querySelectorAll("a")) {
        if (!document.querySelector(link.getAttribute("href"))) { out.push("a link leads nowhere"); }
    }
    parent.postMessage("LOOKED " + innerWidth + ": " + (out.length > 0 ? out.slice(0, 5).join("; ") : "well"), "*");
});
</script>
END
# look PAGE
look() {
    cat "$1" "$folder/look.html" >"$folder/page.html"
    # In a frame: a browser's own window has a least width.
    for width in 1200 400; do
        printf '<script>addEventListener("message", event => { document.title = event.data; });</script>\n<iframe width="%s" height="900" style="border:0" src="page.html"></iframe>\n' \
            $width >"$folder/frame.html"
        timeout 80 "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --enable-logging=stderr --v=0 \
            --virtual-time-budget=3000 --window-size=1300,1000 --dump-dom "file://$folder/frame.html" >"$folder/dom" 2>"$folder/said" || {
            echo "the browser does not start here"
            exit 77
        }
        grep -o '<title>LOOKED[^<]*' "$folder/dom" || echo "$width: it did not look"
        grep -q "<title>LOOKED $width: well<" "$folder/dom" || failed=1
        if grep 'CONSOLE' "$folder/said"; then
            failed=1
        fi
    done
}

for page in "$@"; do
    look "$page"
done
exit $failed
