"""The XLSX writer's parts: `tables` turns content into rows with values, `sheets` writes them with openpyxl."""
