"""Small seed files for tests: a chain of three companies and three products, written where a test wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CLAIMS", "HEADER", "write_seeds"]

HEADER = "subject,link,object,product,role,share,valid_from,certainty,source,locator,note\n"

CLAIMS = HEADER + (
    "胜宏科技,SUPPLIES,NVDA.O,PCB,,35%,2025,stated,source:a,1.3.1 PCB,\n"
    "胜宏科技,MAKES,PCB,,manufacturer,,,stated,source:a,1.3.1 PCB,\n"
    "生益科技,MAKES,覆铜板,,manufacturer,,,stated,source:a,1.3.1 PCB,=1+1\n"
    "覆铜板,GOES_INTO,PCB,,,,,inferred,source:b,2,\n"
    "英伟达,MAKES,GB300 NVL72,,brand,,2025-06,planned,source:b,2,“quoted”\n"
    "PCB,GOES_INTO,GB300 NVL72,,,,,stated,source:b,2,\n"
)

NODES = {
    "sources.csv": (
        "id,title,publisher,published\nsource:a,报告甲,民生证券,2025-06\nsource:b,报告乙,华鑫证券,2025-12-24\n"
    ),
    "segments.csv": (
        "id,name_zh,name_en,aliases,parent\nsegment:ai,AI算力,AI compute,,\nsegment:pcb,印制板,PCB boards,,segment:ai\n"
    ),
    "companies.csv": (
        "id,name_zh,name_en,aliases,tickers,country,kind,added\n"
        "company:victory-giant,胜宏科技,Victory Giant,,300476.SZ,CN,listed,country\n"
        "company:shengyi,生益科技,,,600183.SH,CN,listed,country\n"
        "company:nvidia,英伟达,NVIDIA,辉达,NVDA.O,US,listed,country\n"
    ),
    "products.csv": (
        "id,name_zh,name_en,aliases,level,added\n"
        "product:pcb,印制电路板,PCB,,component,\n"
        "product:ccl,覆铜板,CCL,,material,\n"
        "product:gb300,,GB300 NVL72,,system,\n"
    ),
}


def write_seeds(folder: Path, claims: str = CLAIMS, *, encoding: str = "utf-8") -> Path:
    """Write the nodes, and a file of claims beside them; give back the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in NODES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "claims.csv").write_bytes(claims.encode(encoding))
    return folder
