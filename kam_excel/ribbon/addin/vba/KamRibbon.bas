Attribute VB_Name = "KamRibbon"
Option Explicit

Public Sub KamRibbon_OnAction(control As IRibbonControl)
    KamHost_Run "import kam_excel.ribbon; kam_excel.ribbon.on_action('" & control.Tag & "', 'en')"
End Sub

Public Sub KamRibbon_GetLabel(control As IRibbonControl, ByRef returned)
    returned = Text(control.Tag, 2)
End Sub

Public Sub KamRibbon_GetScreentip(control As IRibbonControl, ByRef returned)
    returned = Text(control.Tag, 2)
End Sub

Public Sub KamRibbon_GetSupertip(control As IRibbonControl, ByRef returned)
    returned = Text(control.Tag, 4)
End Sub

Private Function Text(id As String, column As Integer) As String
    Dim place As Variant
    place = Application.Match(id, ThisWorkbook.Worksheets(1).Range("A:A"), 0)
    If Not IsError(place) Then Text = ThisWorkbook.Worksheets(1).Cells(place, column + 1).Value
End Function
